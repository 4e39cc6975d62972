package io.entitydb.storage.repair;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Keeps the point of a scrub in a small file, which is replaced as a whole. Serves one thread. */
@RequiredArgsConstructor
public final class ScrubMemory {

    /** The file; it may be deleted, and then a scrub begins anew. */
    public static final String FILE = "entities.scrub";

    private static final String TEMPORARY_FILE = FILE + ".tmp";
    private static final int MOST_BYTES = 1 << 20;

    private final Disk disk;

    /** The point that was kept; null if there is none of this file that is intact. */
    public @Nullable ScrubPoint load(UUID fileId) {
        try {
            if (!disk.list().contains(FILE)) {
                return null;
            }
            try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
                int length = (int) Math.min(file.size(), MOST_BYTES);
                byte[] bytes = new byte[length];
                file.map(length);
                file.read(0, bytes, 0, length);
                ScrubPoint point = ScrubPoint.decode(bytes, FILE);
                return point.fileId().equals(fileId) ? point : null;
            }
        } catch (StorageException e) {
            return null;
        }
    }

    /**
     * Keeps a point instead of the one before.
     *
     * @throws StorageException if the disk refuses; then one of the two is there, or none
     */
    public void save(ScrubPoint point) {
        disk.delete(TEMPORARY_FILE);
        try (DiskFile file = disk.open(TEMPORARY_FILE, Disk.Access.CREATE)) {
            file.write(ByteBuffer.wrap(point.encode()), 0);
            file.force();
        }
        disk.rename(TEMPORARY_FILE, FILE);
        disk.forceDirectory();
    }
}
