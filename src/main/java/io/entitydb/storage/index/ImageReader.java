package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRIES;
import static io.entitydb.storage.index.ImageLayout.END_BYTES;
import static io.entitydb.storage.index.ImageLayout.ENTRY_BYTES;
import static io.entitydb.storage.index.ImageLayout.HEADER_BYTES;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import java.util.UUID;

/**
 * Loads an image: all of it or nothing.
 *
 * <p>The image is read twice. The first pass checks every byte and sets off no allocation beyond a
 * block's, so that a length is believed only when the bytes it promises are there and intact; the
 * second, which reads from the page cache, fills an index of the right size.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 */
public final class ImageReader {

    /**
     * The furthest from its home that an entry may stand. At a load of 3/4, evenly spread hashes
     * come nowhere near (about e<sup>-150</sup>); a file of forged hashes, which would take a time
     * quadratic in its length, is refused here.
     */
    private static final long LONGEST_DISTANCE = 4096;

    private final DiskFile file;
    private final long size;

    ImageReader(DiskFile file) {
        this.file = file;
        this.size = file.size();
    }

    /**
     * Loads the image in a directory. Whether the log holds the covered transaction is for the
     * caller to check before it answers anything from the index: if not, positions may lie where
     * the log has no record, or another one, and the index must be rebuilt.
     *
     * @param fileId the file that the image must belong to
     */
    public static ImageResult load(Disk disk, UUID fileId) {
        try {
            return disk.list().contains(ImageWriter.FILE)
                    ? loadPresent(disk, fileId)
                    : new ImageResult.Missing();
        } catch (CorruptDataException e) {
            return new ImageResult.Damaged(e);
        } catch (UnsupportedFormatException e) {
            return new ImageResult.Unsupported(e);
        } catch (StorageIoException e) {
            return new ImageResult.Unreadable(e);
        }
    }

    private static ImageResult loadPresent(Disk disk, UUID fileId) {
        try (DiskFile file = disk.open(ImageWriter.FILE, Disk.Access.READ)) {
            return new ImageReader(file).load(fileId);
        }
    }

    /** The header; maps all of the file. */
    ImageHeader header() {
        require(size >= HEADER_BYTES + END_BYTES, size, "too short for an image");
        file.map(size);
        byte[] bytes = new byte[HEADER_BYTES];
        file.read(0, bytes, 0, HEADER_BYTES);
        return ImageHeader.decode(bytes, file.name());
    }

    private ImageResult load(UUID fileId) {
        ImageHeader header = header();
        if (!header.fileId().equals(fileId)) {
            return new ImageResult.Foreign(header.fileId());
        }
        requireSize(header.slotCount());
        readBlocks(header, (hash, position) -> {});
        EntityIndex index = new EntityIndex(header.slotCount());
        readBlocks(
                header,
                (hash, position) ->
                        require(
                                index.add(hash, position) <= LONGEST_DISTANCE,
                                HEADER_BYTES,
                                "hashes are not spread"));
        return new ImageResult.Loaded(index, header);
    }

    /** The length of the file follows from the number of entries, to the byte. */
    void requireSize(long slotCount) {
        require(slotCount <= size / ENTRY_BYTES, size, "too short for slotCount " + slotCount);
        long expected =
                HEADER_BYTES
                        + Math.ceilDiv(slotCount, ImageBlock.CAPACITY) * BLOCK_ENTRIES
                        + slotCount * ENTRY_BYTES
                        + END_BYTES;
        require(size == expected, size, "size: expected " + expected + ", actual " + size);
    }

    /** Passes on all entries, block by block as each verifies. */
    void readBlocks(ImageHeader header, EntryVisitor visitor) {
        long slotCount = header.slotCount();
        ImageBlock block =
                new ImageBlock(header.fileId(), (int) Math.min(slotCount, ImageBlock.CAPACITY));
        long position = HEADER_BYTES;
        long number = 0;
        for (long left = slotCount; left > 0; number++) {
            int count = (int) Math.min(left, ImageBlock.CAPACITY);
            readEntries(block, number, position, count, visitor);
            position += ImageBlock.sizeOf(count);
            left -= count;
        }
        read(block, number, position, END_BYTES);
        require(block.storedCount() == 0, position, "end block has entries");
        require(
                block.storedTotal() == slotCount,
                position,
                "total: expected " + slotCount + ", actual " + block.storedTotal());
    }

    private void readEntries(
            ImageBlock block, long number, long position, int count, EntryVisitor visitor) {
        read(block, number, position, ImageBlock.sizeOf(count));
        require(
                block.storedCount() == count,
                position,
                "entries: expected " + count + ", actual " + block.storedCount());
        for (int i = 0; i < count; i++) {
            long hash = block.hashAt(i);
            long newest = block.positionAt(i);
            if (hash == 0 || !LogPosition.isPossible(newest)) {
                throw damaged(position, "entry " + i + ": hash " + hash + ", position " + newest);
            }
            visitor.visit(hash, newest);
        }
    }

    private void read(ImageBlock block, long number, long position, int length) {
        file.read(position, block.array(), 0, length);
        require(block.isIntact(number, length), position, "crc of block " + number);
    }

    private void require(boolean holds, long position, String rule) {
        if (!holds) {
            throw damaged(position, rule);
        }
    }

    private CorruptDataException damaged(long position, String rule) {
        return new CorruptDataException(file.name(), position, rule);
    }
}
