package io.entitydb.storage.recovery;

import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import lombok.RequiredArgsConstructor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Puts a data file that is complete in the place of the one that is there, which is kept aside
 * under a name of its own.
 *
 * <p><b>Crash.</b> That the new file is in the directory is durable before the old one gets its
 * other name, and that one before the new file moves: at any moment the directory holds both. Where
 * a crash left no file under the store's name, the next opening finishes the step; see {@link
 * #finish}.
 */
@RequiredArgsConstructor
public final class Replacement {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Disk disk;

    /**
     * Replaces the data file by {@link StoreFiles#CREATING}, which must be complete and forced.
     *
     * @return the name under which the old one is kept
     * @throws StorageException if the disk refuses; then the old file has its place again, or the
     *     next opening finishes the step
     */
    public String run() {
        String aside = freeName(disk.list());
        disk.forceDirectory();
        disk.rename(StoreFiles.DATA, aside);
        try {
            disk.forceDirectory();
            disk.rename(StoreFiles.CREATING, StoreFiles.DATA);
        } catch (StorageException e) {
            undo(aside, e);
            throw e;
        }
        disk.forceDirectory();
        return aside;
    }

    private void undo(String aside, StorageException failure) {
        try {
            disk.rename(aside, StoreFiles.DATA);
            disk.forceDirectory();
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    private String freeName(List<String> files) {
        Instant now =
                Instant.ofEpochSecond(
                        Math.floorDiv(disk.now(), NANOS_PER_SECOND),
                        Math.floorMod(disk.now(), NANOS_PER_SECOND));
        String stem = StoreFiles.ASIDE_PREFIX + NAME.format(now);
        String name = stem + StoreFiles.ASIDE_SUFFIX;
        for (int i = 2; files.contains(name); i++) {
            name = stem + "-" + i + StoreFiles.ASIDE_SUFFIX;
        }
        return name;
    }

    /**
     * Whether a replacement was cut short: the old file is aside, the new one not in its place.
     *
     * @param files all that there are; no data file among them
     */
    static boolean isCutShort(List<String> files) {
        return files.contains(StoreFiles.CREATING) && files.stream().anyMatch(Replacement::isAside);
    }

    /** Whether a file is a data file that was replaced. */
    public static boolean isAside(String file) {
        return file.startsWith(StoreFiles.ASIDE_PREFIX) && file.endsWith(StoreFiles.ASIDE_SUFFIX);
    }

    /**
     * Finishes a replacement that was cut short.
     *
     * @throws RecoveryFailedException if the new file is not complete
     */
    void finish() {
        try (DiskFile file = disk.open(StoreFiles.CREATING, Disk.Access.READ)) {
            if (HeaderSlots.read(file).newest().fileSize() > file.size()) {
                throw incomplete("it is too short");
            }
        } catch (StorageException e) {
            throw incomplete(String.valueOf(e.getMessage()));
        }
        disk.rename(StoreFiles.CREATING, StoreFiles.DATA);
        disk.forceDirectory();
    }

    private static RecoveryFailedException incomplete(String reason) {
        return new RecoveryFailedException(
                StoreFiles.DATA
                        + " is missing, and "
                        + StoreFiles.CREATING
                        + " cannot take its place: "
                        + reason);
    }
}
