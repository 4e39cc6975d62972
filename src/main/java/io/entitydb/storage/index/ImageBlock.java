package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.BLOCK_CRC;
import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRIES;
import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRY_COUNT;
import static io.entitydb.storage.index.ImageLayout.END_BYTES;
import static io.entitydb.storage.index.ImageLayout.END_TOTAL;
import static io.entitydb.storage.index.ImageLayout.ENTRY_BYTES;
import static io.entitydb.storage.index.ImageLayout.ENTRY_HASH;
import static io.entitydb.storage.index.ImageLayout.ENTRY_POSITION;
import static io.entitydb.storage.index.ImageLayout.UUID_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of one block of an image, used for one block after the other.
 *
 * <p>The checksum of a block begins with the fileId and the number of the block, so that a block of
 * another file or of another place does not pass. Not thread-safe.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 */
final class ImageBlock {

    /** All blocks but the last hold as many: a block is written at once and takes 1 MiB. */
    static final int CAPACITY = ((1 << 20) - BLOCK_ENTRIES) / ENTRY_BYTES;

    private byte[] array;
    private ByteBuffer bytes;
    private final ByteBuffer seed =
            ByteBuffer.allocate(UUID_BYTES + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int count;

    /**
     * Room for a block.
     *
     * @param fileId the file that the image belongs to
     * @param capacity entries for which there is room at first
     */
    ImageBlock(UUID fileId, int capacity) {
        array = room(capacity);
        bytes = littleEndian(array);
        seed.putLong(0, fileId.getMostSignificantBits());
        seed.putLong(Long.BYTES, fileId.getLeastSignificantBits());
    }

    private static byte[] room(int entries) {
        return new byte[Math.max(sizeOf(entries), END_BYTES)];
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Length in bytes of a block with so many entries. */
    static int sizeOf(int entries) {
        return BLOCK_ENTRIES + entries * ENTRY_BYTES;
    }

    /** The block's bytes, to be read into. */
    byte[] array() {
        return array;
    }

    int count() {
        return count;
    }

    void add(long hash, long position) {
        int offset = sizeOf(count);
        if (array.length < sizeOf(count + 1)) {
            byte[] more = room(Math.min(CAPACITY, 2 * count + 2));
            System.arraycopy(array, 0, more, 0, offset);
            array = more;
            bytes = littleEndian(more);
        }
        bytes.putLong(offset + ENTRY_HASH, hash);
        bytes.putLong(offset + ENTRY_POSITION, position);
        count++;
    }

    /** The block as it goes to the file; the next {@link #add} begins another. */
    ByteBuffer finish(long number) {
        int size = sizeOf(count);
        bytes.putInt(BLOCK_ENTRY_COUNT, count);
        count = 0;
        return sealed(number, size);
    }

    /** The end block as it goes to the file. */
    ByteBuffer end(long number, long total) {
        bytes.putInt(BLOCK_ENTRY_COUNT, 0);
        bytes.putLong(END_TOTAL, total);
        return sealed(number, END_BYTES);
    }

    private ByteBuffer sealed(long number, int size) {
        bytes.putInt(BLOCK_CRC, crcOf(number, size));
        return bytes.slice(0, size);
    }

    /** Whether the bytes that were read are this block, undamaged. */
    boolean isIntact(long number, int size) {
        return bytes.getInt(BLOCK_CRC) == crcOf(number, size);
    }

    int storedCount() {
        return bytes.getInt(BLOCK_ENTRY_COUNT);
    }

    long storedTotal() {
        return bytes.getLong(END_TOTAL);
    }

    long hashAt(int index) {
        return bytes.getLong(sizeOf(index) + ENTRY_HASH);
    }

    long positionAt(int index) {
        return bytes.getLong(sizeOf(index) + ENTRY_POSITION);
    }

    private int crcOf(long number, int size) {
        crc.reset();
        crc.update(seed.putLong(UUID_BYTES, number).array());
        crc.update(array, BLOCK_ENTRY_COUNT, size - BLOCK_ENTRY_COUNT);
        return (int) crc.getValue();
    }
}
