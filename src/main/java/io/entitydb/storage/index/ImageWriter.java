package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.HEADER_BYTES;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes the image of an index into the data directory, beside the index's writer.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 */
public final class ImageWriter {

    /** Name of the image. */
    public static final String FILE = "entities.idx";

    /** Name of an image that is not complete; it may be deleted at any time. */
    public static final String TEMPORARY_FILE = FILE + ".tmp";

    private final Disk disk;

    /** A writer into this directory. */
    public ImageWriter(Disk disk) {
        this.disk = disk;
    }

    /**
     * Replaces the image. When this returns, the new one survives power loss; if it fails, the one
     * before is still there. One call at a time.
     *
     * @param index what to write; its writer goes on meanwhile
     * @param fileId the file whose entities it indexes
     * @param replayPoint all of the log before it has been applied to the index
     * @param covered asked when all entries are taken: the newest transaction that had been applied
     *     to the index by then. When it answers, the log must be durable up to that transaction.
     * @return the header of the image
     * @throws StorageException if the disk refuses, or {@code covered} does
     */
    public ImageHeader write(
            EntityIndex index,
            UUID fileId,
            ReplayPoint replayPoint,
            Supplier<CoveredTransaction> covered) {
        disk.delete(TEMPORARY_FILE);
        try {
            ImageHeader header;
            try (DiskFile file = disk.open(TEMPORARY_FILE, Disk.Access.CREATE)) {
                long slotCount = new Blocks(file, fileId).writeAll(index);
                header = new ImageHeader(fileId, replayPoint, covered.get(), slotCount);
                file.write(ByteBuffer.wrap(header.encode()), 0);
                file.force();
            }
            disk.rename(TEMPORARY_FILE, FILE);
            disk.forceDirectory();
            return header;
        } catch (StorageException e) {
            deleteAfter(e);
            throw e;
        }
    }

    /** Gives the space back at once: the disk may be full. */
    private void deleteAfter(StorageException failure) {
        try {
            disk.delete(TEMPORARY_FILE);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    /** The blocks of one image, in their order. */
    private static final class Blocks {

        /** Small stores are not to pay for large ones. */
        private static final int FIRST_ROOM_ENTRIES = 64;

        private final DiskFile file;
        private final ImageBlock block;
        private long position = HEADER_BYTES;
        private long blocks;
        private long total;

        Blocks(DiskFile file, UUID fileId) {
            this.file = file;
            this.block = new ImageBlock(fileId, FIRST_ROOM_ENTRIES);
        }

        /** Returns how many entries it wrote. */
        long writeAll(EntityIndex index) {
            index.forEach(this::add);
            if (block.count() > 0) {
                write(block.finish(blocks));
            }
            write(block.end(blocks, total));
            return total;
        }

        private void add(long hash, long newest) {
            block.add(hash, newest);
            total++;
            if (block.count() == ImageBlock.CAPACITY) {
                write(block.finish(blocks));
            }
        }

        private void write(ByteBuffer bytes) {
            int size = bytes.remaining();
            file.write(bytes, position);
            position += size;
            blocks++;
        }
    }
}
