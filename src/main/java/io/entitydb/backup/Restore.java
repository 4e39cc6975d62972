package io.entitydb.backup;

import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.ErasureTransfer;
import io.entitydb.storage.repair.Progress;
import io.entitydb.storage.repair.Restoration;
import io.entitydb.storage.repair.RestorePoint;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.temporal.Timestamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a data directory from backups, up to a point of the past. */
@RequiredArgsConstructor
public final class Restore {

    /**
     * What may be in the directory: what a restore that was cut short left, and what a volume has.
     */
    private static final Set<String> HARMLESS =
            Set.of(
                    "lost+found",
                    "entities.lock",
                    "entities.edb.new",
                    "erasures.ledger",
                    "erasures.ledger.new");

    private final Path source;
    private final Path target;
    private final Options options;

    /**
     * How a restore is done.
     *
     * @param ledger directory with a further ledger of erasures, that of the store as it was last;
     *     null for none
     * @param isWithoutLedger whether it may be done where no ledger is found: then something erased
     *     may come back
     */
    public record Options(@Nullable Path ledger, boolean isWithoutLedger) {}

    /**
     * What was restored.
     *
     * @param restoration what the new directory holds
     * @param backups ids or names of the backups that it was taken from
     * @param erasures how many erasures the ledger has
     */
    public record Result(Restoration.Result restoration, List<String> backups, long erasures) {}

    /** Where history is taken from. */
    private record Source(StorePlace place, Header end, List<String> backups, long newestEpoch) {}

    /**
     * Restores.
     *
     * @throws BackupException if the target is not empty, there is no ledger, or the backups do not
     *     hold the point; nothing is changed then
     * @throws StorageException if a backup does not verify, or the target cannot be written; the
     *     target holds no store then
     */
    public Result run(RestorePoint until, Progress progress) {
        requireEmpty();
        Source found = find(until);
        requireReached(until, found.end());
        Disk disk = new OsDisk(target);
        boolean isNew = !Files.exists(target);
        Set<String> before = Set.copyOf(disk.list());
        requireLedger(disk);
        disk.createDirectory();
        try {
            return restore(found, disk, until, progress);
        } catch (StorageLockedException e) {
            // Whatever is in it is somebody else's.
            throw e;
        } catch (RuntimeException | Error e) {
            undo(disk, before, isNew, e);
            throw e;
        }
    }

    private Result restore(Source found, Disk disk, RestorePoint until, Progress progress) {
        long erasures = 0;
        for (Disk ledger : ledgers()) {
            erasures = ErasureTransfer.run(ledger, disk, found.end().identity().storeId());
        }
        Restoration.Options how =
                new Restoration.Options(
                        StorageOptions.defaults().growthBytes(), found.newestEpoch() + 1);
        Restoration.Result result = new Restoration(found.place(), disk, how).run(until, progress);
        return new Result(result, found.backups(), erasures);
    }

    /** Leaves the target as it was: with a ledger and no store, no service would start in it. */
    private void undo(Disk disk, Set<String> before, boolean isNew, Throwable failure) {
        try {
            disk.list().stream().filter(file -> !before.contains(file)).forEach(disk::delete);
            if (isNew) {
                Files.deleteIfExists(target);
            }
        } catch (StorageException | IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void requireEmpty() {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> files = Files.list(target)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !HARMLESS.contains(name))
                    .min(Comparator.naturalOrder())
                    .ifPresent(
                            name -> {
                                throw refused(
                                        "the target is not empty, it holds "
                                                + name
                                                + "; a restore never overwrites: name a directory"
                                                + " that does not exist, or is empty");
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory in which a file lies. */
    static Path parentOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
    }

    private Source find(RestorePoint until) {
        if (Files.isDirectory(source)) {
            return ofDirectory(until);
        }
        Path file = source.getFileName();
        if (!Files.isRegularFile(source) || file == null) {
            throw new BackupException(
                    BackupException.Kind.BACKUP_NOT_FOUND, "there is no backup of that name");
        }
        BackupName name = BackupName.parse(file.toString());
        return name == null ? ofFile(file.toString()) : ofBackup(name);
    }

    private Source ofFile(String file) {
        StorePlace place = StorePlace.ofFile(parentOf(source), file);
        try (DiskFile opened = place.disk().open(file, Disk.Access.READ)) {
            Header header = HeaderSlots.read(opened).newest();
            return new Source(place, header, List.of(file), header.epoch());
        }
    }

    private Source ofBackup(BackupName name) {
        Disk disk = new OsDisk(parentOf(source));
        Listing listing = new BackupDirectory(disk).list();
        Chain chain = listing.chainTo(name);
        if (chain != null) {
            return ofChain(disk, listing, chain);
        }
        throw damaged(listing.problemOf(name));
    }

    private Source ofDirectory(RestorePoint until) {
        Disk disk = new OsDisk(source);
        Listing listing = new BackupDirectory(disk).list();
        BackupFile newest = listing.newest();
        if (newest == null) {
            String problem = listing.problemNewer(null);
            throw problem == null
                    ? new BackupException(
                            BackupException.Kind.BACKUP_NOT_FOUND, "the directory holds no backup")
                    : damaged(problem);
        }
        if (until instanceof RestorePoint.Newest) {
            String problem = listing.problemNewer(newest.name());
            if (problem != null) {
                throw damaged(problem);
            }
            return ofChain(disk, listing, chainTo(listing, newest));
        }
        BackupFile reaching = listing.firstReaching(until);
        String problem = listing.problemNewer(null);
        if (reaching == null && problem != null) {
            throw damaged(problem);
        }
        return ofChain(disk, listing, chainTo(listing, reaching == null ? newest : reaching));
    }

    private static Chain chainTo(Listing listing, BackupFile file) {
        Chain chain = listing.chainOf(file);
        if (chain == null) {
            throw new IllegalStateException(file.name() + " is of no chain");
        }
        return chain.until(file);
    }

    private static Source ofChain(Disk disk, Listing listing, Chain chain) {
        return new Source(
                BackupDirectory.placeOf(disk, chain),
                chain.end(),
                chain.parts().stream().map(part -> part.name().id()).toList(),
                listing.files().stream().mapToLong(file -> file.to().epoch()).max().orElse(0));
    }

    private static void requireReached(RestorePoint until, Header end) {
        if (!until.isReachedBy(end)) {
            throw refused(
                    "%s is behind the end of the newest backup, which is transaction %d of %s"
                            .formatted(
                                    until, end.walSequence(), new Timestamp(end.lastModified())));
        }
    }

    private void requireLedger(Disk disk) {
        boolean isFound =
                ErasureTransfer.isPossibleFrom(disk)
                        || ledgers().stream().anyMatch(ErasureTransfer::isPossibleFrom);
        if (!isFound && !options.isWithoutLedger()) {
            throw refused(
                    "no erasures.ledger is beside the backup, so what was erased could come back;"
                            + " name the one of the store with --ledger, or accept that with"
                            + " --without-ledger");
        }
    }

    /** Where there may be ledgers. */
    private List<Disk> ledgers() {
        Path beside = Files.isDirectory(source) ? source : parentOf(source);
        return Stream.of(beside, options.ledger())
                .filter(Objects::nonNull)
                .map(directory -> (Disk) new OsDisk(directory))
                .toList();
    }

    private static BackupException damaged(String problem) {
        return new BackupException(
                BackupException.Kind.BACKUP_DAMAGED,
                problem + "; to restore what is before it, name the backup to use");
    }

    private static BackupException refused(String reason) {
        return new BackupException(BackupException.Kind.RESTORE_REFUSED, reason);
    }
}
