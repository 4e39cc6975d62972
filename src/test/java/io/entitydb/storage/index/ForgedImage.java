package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.BLOCK_CRC;
import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRY_COUNT;
import static io.entitydb.storage.index.ImageLayout.CRC;
import static io.entitydb.storage.index.ImageLayout.END_BYTES;
import static io.entitydb.storage.index.ImageLayout.FILE_ID;
import static io.entitydb.storage.index.ImageLayout.HEADER_BYTES;
import static io.entitydb.storage.index.ImageLayout.SLOT_COUNT;
import static io.entitydb.storage.index.ImageLayout.UUID_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** An image whose bytes are changed and whose checksums are made to fit again. */
public final class ForgedImage {

    private byte[] bytes;

    /** An image to be changed. */
    public ForgedImage(byte[] image) {
        bytes = image.clone();
    }

    /** Puts a number at an offset. */
    public ForgedImage putInt(int offset, int value) {
        buffer().putInt(offset, value);
        return this;
    }

    /** Puts a number at an offset. */
    public ForgedImage putLong(int offset, long value) {
        buffer().putLong(offset, value);
        return this;
    }

    ForgedImage resize(int length) {
        bytes = Arrays.copyOf(bytes, length);
        return this;
    }

    int length() {
        return bytes.length;
    }

    /** The bytes as they are. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes, with the checksum of the header and of every block that has room. */
    public byte[] repaired() {
        if (bytes.length >= HEADER_BYTES) {
            putInt(CRC, crc(bytes, 0, CRC));
            repairBlocks(buffer().getLong(SLOT_COUNT));
        }
        return bytes();
    }

    private void repairBlocks(long slotCount) {
        long position = HEADER_BYTES;
        long number = 0;
        for (long left = slotCount; left > 0 && position < bytes.length; number++) {
            int entries = (int) Math.min(left, ImageBlock.CAPACITY);
            repair(number, position, ImageBlock.sizeOf(entries));
            position += ImageBlock.sizeOf(entries);
            left -= entries;
        }
        repair(number, position, END_BYTES);
    }

    private void repair(long number, long position, int size) {
        if (position + size > bytes.length) {
            return;
        }
        int at = (int) position;
        byte[] message = new byte[UUID_BYTES + Long.BYTES + size - BLOCK_ENTRY_COUNT];
        System.arraycopy(bytes, FILE_ID, message, 0, UUID_BYTES);
        ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putLong(UUID_BYTES, number);
        System.arraycopy(
                bytes,
                at + BLOCK_ENTRY_COUNT,
                message,
                UUID_BYTES + Long.BYTES,
                size - BLOCK_ENTRY_COUNT);
        putInt(at + BLOCK_CRC, crc(message, 0, message.length));
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] message, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(message, from, length);
        return (int) crc.getValue();
    }
}
