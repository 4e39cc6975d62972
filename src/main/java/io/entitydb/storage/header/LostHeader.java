package io.entitydb.storage.header;

import static io.entitydb.storage.header.HeaderLayout.CREATED_AT;
import static io.entitydb.storage.header.HeaderLayout.EPOCH;
import static io.entitydb.storage.header.HeaderLayout.FILE_ID;
import static io.entitydb.storage.header.HeaderLayout.FORMAT_VERSION;
import static io.entitydb.storage.header.HeaderLayout.HEADER_BYTES;
import static io.entitydb.storage.header.HeaderLayout.MAGIC;
import static io.entitydb.storage.header.HeaderLayout.SECRET;
import static io.entitydb.storage.header.HeaderLayout.SLOT_STRIDE;
import static io.entitydb.storage.header.HeaderLayout.STORE_ID;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.DiskFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * What stands in a slot that does not verify. Nothing of it is to be believed until something else
 * proves it.
 *
 * @param identity what the file may be
 * @param epoch what its epoch may be
 */
public record LostHeader(FileIdentity identity, long epoch) {

    /** Reads a slot; null if what stands there cannot be the identity of a file. */
    public static @Nullable LostHeader read(DiskFile file, int slot) {
        byte[] bytes = bytes(file, slot);
        if (bytes == null) {
            return null;
        }
        ByteBuffer fields = fields(bytes);
        try {
            return new LostHeader(
                    new FileIdentity(
                            uuid(fields, STORE_ID),
                            fields.getLong(CREATED_AT),
                            uuid(fields, FILE_ID),
                            uuid(fields, SECRET)),
                    fields.getLong(EPOCH));
        } catch (HeaderRuleException e) {
            return null;
        }
    }

    /**
     * The header of a slot in which one bit has flipped, or whose ids are damaged while those of
     * the other slot are not. That a correction is right the checksum tells: at this length it
     * finds any five wrong bits, so no other header differs from the bytes in one bit only. Null if
     * no correction fits.
     */
    public static @Nullable Header mended(DiskFile file, int slot) {
        byte[] bytes = bytes(file, slot);
        if (bytes == null) {
            return null;
        }
        for (int bit = 0; bit < Byte.SIZE * HEADER_BYTES; bit++) {
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Header mended = decoded(file, bytes, slot);
            if (mended != null) {
                return mended;
            }
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
        byte[] other = bytes(file, 1 - slot);
        if (other == null) {
            return null;
        }
        System.arraycopy(other, STORE_ID, bytes, STORE_ID, EPOCH - STORE_ID);
        return decoded(file, bytes, slot);
    }

    private static @Nullable Header decoded(DiskFile file, byte[] bytes, int slot) {
        if (!HeaderCodec.hasChecksum(fields(bytes))) {
            return null;
        }
        try {
            return HeaderCodec.decode(bytes, slot, file.name());
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return null;
        }
    }

    /** Whether a slot is intact, and of a version of the format that is not known. */
    public static boolean isOfOtherVersion(DiskFile file, int slot) {
        byte[] bytes = bytes(file, slot);
        if (bytes == null || fields(bytes).getInt(MAGIC) != HeaderCodec.MAGIC_NUMBER) {
            return false;
        }
        ByteBuffer fields = fields(bytes);
        int version = fields.getInt(FORMAT_VERSION);
        boolean isKnown = version >= HeaderCodec.OLDEST_VERSION && version <= HeaderCodec.VERSION;
        return !isKnown && HeaderCodec.hasChecksum(fields);
    }

    private static ByteBuffer fields(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte @Nullable [] bytes(DiskFile file, int slot) {
        byte[] bytes = new byte[HEADER_BYTES];
        try {
            file.read((long) slot * SLOT_STRIDE, bytes, 0, bytes.length);
            return bytes;
        } catch (StorageIoException e) {
            return null;
        }
    }

    private static UUID uuid(ByteBuffer fields, int offset) {
        return new UUID(fields.getLong(offset), fields.getLong(offset + Long.BYTES));
    }
}
