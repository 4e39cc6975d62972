package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.StoreBackups;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.repair.ErasureTransfer;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.PrefixCopy;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * Makes one backup of an open store. It has its name, and counts, when it is complete, forced, read
 * back and compared with the store; whatever fails before leaves the other backups as they are.
 *
 * <p><b>Increments.</b> One is made where the log goes on behind the newest backup: in the same
 * file, in the same epoch, and without an erasure. After a compaction, a restore or an erasure a
 * full backup begins a chain of its own; so the newest chain never holds what was erased before it.
 */
@RequiredArgsConstructor
final class BackupRun {

    /** What is written is forced now and then, so that the device never has much to do at once. */
    private static final long FORCE_BYTES = 32L << 20;

    private final StorageEngine engine;
    private final BackupDirectory directory;
    private final Disk data;
    private final BackupOptions options;
    private final Throttle throttle;

    /**
     * Makes it.
     *
     * @param isFull whether a full one is asked for, whatever there is
     */
    StoreBackups.Made run(boolean isFull) {
        try (DiskLock _ = directory.lock();
                LogPrefix prefix = engine.prefix()) {
            try {
                directory.deleteParts();
                Listing listing = directory.list();
                directory.requireNoStore();
                directory.requireOf(prefix.header().identity().storeId(), listing);
                return run(prefix, listing, isFull);
            } catch (StorageFullException e) {
                throw full(e);
            } catch (StorageIoException e) {
                throw new BackupException(
                        BackupException.Kind.BACKUP_TARGET_UNWRITABLE,
                        "the directory for backups cannot be written",
                        e);
            }
        }
    }

    private StoreBackups.Made run(LogPrefix prefix, Listing listing, boolean isFull) {
        Chain chain = isFull ? null : continued(prefix, listing);
        if (chain != null && isAllThere(prefix, chain.end())) {
            copyLedger(prefix.header());
            return new StoreBackups.Made(chain.last().toBackup(chain.full()), false, List.of());
        }
        BackupFile made = chain == null ? null : increment(prefix, listing, chain.last());
        if (chain != null && made != null) {
            return new StoreBackups.Made(made.toBackup(chain.full()), true, List.of());
        }
        BackupFile full = full(prefix, listing);
        return new StoreBackups.Made(full.toBackup(full), true, deleteOld());
    }

    /**
     * Whether nothing was written and nothing erased since: a copy of the dictionary is nothing.
     */
    private boolean isAllThere(LogPrefix prefix, Header end) {
        if (end.dataEnd() == prefix.header().dataEnd()) {
            return true;
        }
        if (end.walSequence() != prefix.header().walSequence()) {
            return false;
        }
        PrefixCopy rest = PrefixCopy.after(prefix, end);
        rest.run(frames -> {}, throttle);
        return !rest.hasErasure();
    }

    /** The chain whose end the log goes on from; null if there is none, or it is long enough. */
    private @Nullable Chain continued(LogPrefix prefix, Listing listing) {
        BackupFile newest = listing.newest();
        Chain chain = newest == null ? null : listing.chainOf(newest);
        if (newest == null || chain == null || !isContinued(newest, chain, listing, prefix)) {
            return null;
        }
        boolean isAtEnd = newest.to().walSequence() == prefix.header().walSequence();
        return isAtEnd || chain.increments() < options.increments() ? chain : null;
    }

    private static boolean isContinued(
            BackupFile newest, Chain chain, Listing listing, LogPrefix prefix) {
        return chain.last().equals(newest)
                && listing.problemNewer(newest.name()) == null
                && newest.isSameHistory(prefix.header())
                && newest.to().dataEnd() <= prefix.header().dataEnd();
    }

    private BackupFile full(LogPrefix prefix, Listing listing) {
        BackupName name = next(Backup.Type.FULL, listing);
        BackupFile made = write(name, null, PrefixCopy.whole(prefix), prefix.header());
        if (made == null) {
            throw new IllegalStateException("a full backup was given up");
        }
        return made;
    }

    /** Null if an erasure came between: then the chain ends. */
    private @Nullable BackupFile increment(LogPrefix prefix, Listing listing, BackupFile before) {
        return write(
                next(Backup.Type.INCREMENTAL, listing),
                before.to(),
                PrefixCopy.after(prefix, before.to()),
                prefix.header());
    }

    private BackupName next(Backup.Type type, Listing listing) {
        long now = directory.disk().now();
        return BackupName.next(Instant.ofEpochSecond(0, now), type, listing.newestName());
    }

    private @Nullable BackupFile write(
            BackupName name, @Nullable Header from, PrefixCopy copy, Header prefix) {
        Disk disk = directory.disk();
        boolean isDone = false;
        try {
            BackupFile made;
            try (DiskFile file = disk.open(name.part(), Disk.Access.CREATE)) {
                Frames frames = new Frames(file);
                requireSpace(prefix.dataEnd() - (from == null ? 0 : from.dataEnd()));
                Header to = copy.run(frames, throttle);
                if (from != null && copy.hasErasure()) {
                    return null;
                }
                file.force();
                made = new BackupFile(name, from, to);
                BackupFile.writeHeaders(file, from, to);
            }
            verify(made);
            copyLedger(prefix);
            disk.rename(name.part(), name.file());
            isDone = true;
            disk.forceDirectory();
            return made;
        } finally {
            if (!isDone) {
                deletePart(name);
            }
        }
    }

    private void copyLedger(Header prefix) {
        ErasureTransfer.run(data, directory.disk(), prefix.identity().storeId());
    }

    private void requireSpace(long bytes) {
        long usable = directory.disk().usableBytes();
        if (usable < bytes) {
            throw new StorageFullException(bytes, usable);
        }
    }

    private static BackupException full(StorageFullException e) {
        return new BackupException(
                BackupException.Kind.BACKUP_TARGET_FULL,
                "the directory for backups has no space: %d bytes wanted, %d available"
                        .formatted(e.wanted(), e.available()),
                e);
    }

    /** Reads it back from the first byte to the last, and compares it with the store. */
    private void verify(BackupFile made) {
        Disk disk = directory.disk();
        if (made.from() == null) {
            VerificationReport report =
                    new Verification(new StorePlace(disk, made.name().part())).run(throttle);
            if (report.isDamaged()
                    || !report.figures().lastDigest().equals(made.to().lastDigest())) {
                throw unreadable(report.findings().toString());
            }
        } else {
            verifyIncrement(disk, made);
        }
        LogPoint told = engine.log().at(made.to().walSequence());
        if (told != null && !told.digest().equals(made.to().lastDigest())) {
            throw unreadable("its digest is not that of the store");
        }
    }

    private void verifyIncrement(Disk disk, BackupFile made) {
        Header from = made.from();
        if (from == null) {
            return;
        }
        DiskFile file = disk.open(made.name().part(), Disk.Access.READ);
        ChainFile.Part part = new ChainFile.Part(file, made.start(), made.to().dataEnd());
        try (LogPrefix written =
                new LogPrefix(new ChainFile(List.of(part), made.to()), made.to(), () -> {})) {
            PrefixCopy.after(written, from)
                    .run(
                            frames -> {},
                            (activity, done, total) -> throttle.at("verifying", done, total));
        } catch (CorruptDataException e) {
            throw unreadable(e.reason());
        }
    }

    private static BackupException unreadable(String reason) {
        return new BackupException(
                BackupException.Kind.BACKUP_DAMAGED,
                "the device does not give back what it was given: " + reason);
    }

    private void deletePart(BackupName name) {
        try {
            directory.disk().delete(name.part());
        } catch (StorageException e) {
            // The next backup deletes it.
        }
    }

    /** Keeps the newest chains. */
    private List<String> deleteOld() {
        List<Chain> chains = directory.list().chains();
        List<Chain> old = chains.subList(0, Math.max(0, chains.size() - options.keep()));
        old.forEach(directory::delete);
        return old.stream()
                .flatMap(chain -> chain.parts().stream())
                .map(part -> part.name().id())
                .toList();
    }

    /** Writes frames behind the page of headers. */
    private static final class Frames implements PrefixCopy.Target {

        private final DiskFile file;
        private long position = Header.DATA_OFFSET;
        private long forced = position;

        private Frames(DiskFile file) {
            this.file = file;
        }

        @Override
        public void take(ByteBuffer frames) {
            int length = frames.remaining();
            file.write(frames, position);
            position += length;
            if (position - forced >= FORCE_BYTES) {
                file.force();
                forced = position;
            }
        }
    }
}
