package io.entitydb.storage.header;

import static io.entitydb.storage.header.HeaderLayout.CHECKPOINT_SEQUENCE;
import static io.entitydb.storage.header.HeaderLayout.CRC;
import static io.entitydb.storage.header.HeaderLayout.CREATED_AT;
import static io.entitydb.storage.header.HeaderLayout.DATA_OFFSET;
import static io.entitydb.storage.header.HeaderLayout.DATA_SIZE;
import static io.entitydb.storage.header.HeaderLayout.ENTITY_COUNT;
import static io.entitydb.storage.header.HeaderLayout.EPOCH;
import static io.entitydb.storage.header.HeaderLayout.FILE_ID;
import static io.entitydb.storage.header.HeaderLayout.FILE_SIZE;
import static io.entitydb.storage.header.HeaderLayout.FLAGS;
import static io.entitydb.storage.header.HeaderLayout.FORMAT_VERSION;
import static io.entitydb.storage.header.HeaderLayout.GENERATION;
import static io.entitydb.storage.header.HeaderLayout.HEADER_BYTES;
import static io.entitydb.storage.header.HeaderLayout.LAST_DIGEST;
import static io.entitydb.storage.header.HeaderLayout.LAST_MODIFIED;
import static io.entitydb.storage.header.HeaderLayout.MAGIC;
import static io.entitydb.storage.header.HeaderLayout.SECRET;
import static io.entitydb.storage.header.HeaderLayout.SLOT;
import static io.entitydb.storage.header.HeaderLayout.SLOT_STRIDE;
import static io.entitydb.storage.header.HeaderLayout.STORE_ID;
import static io.entitydb.storage.header.HeaderLayout.TAG_DICT_OFFSET;
import static io.entitydb.storage.header.HeaderLayout.TAG_DICT_SIZE;
import static io.entitydb.storage.header.HeaderLayout.UNUSED;
import static io.entitydb.storage.header.HeaderLayout.UNUSED_BYTES;
import static io.entitydb.storage.header.HeaderLayout.WAL_OFFSET;
import static io.entitydb.storage.header.HeaderLayout.WAL_SEQUENCE;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.UnsupportedFormatException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A header as the bytes of its slot, and back. Bytes that break a rule are refused by its name and
 * never corrected.
 *
 * <p><b>Source:</b> FORMAT.md, "Header slot".
 */
public final class HeaderCodec {

    /** The bytes "EUFF", read as a little-endian number. */
    public static final int MAGIC_NUMBER = 0x46465545;

    /** The version of the format that is written. */
    public static final int VERSION = 5;

    /** The oldest version that is read. */
    public static final int OLDEST_VERSION = 4;

    /** Bit of the flags: written with interval durability and not closed since. */
    private static final int INTERVAL_FLAG = 1;

    private static final String SUPPORTED =
            "magic 0x%08x, version %d to %d".formatted(MAGIC_NUMBER, OLDEST_VERSION, VERSION);

    private HeaderCodec() {}

    /** The 256 bytes of a header. */
    public static byte[] encode(Header header) {
        byte[] bytes = new byte[HEADER_BYTES];
        ByteBuffer buffer = littleEndian(bytes);
        FileIdentity identity = header.identity();
        buffer.putInt(MAGIC, MAGIC_NUMBER);
        buffer.putInt(FORMAT_VERSION, VERSION);
        buffer.putInt(SLOT, header.slot());
        buffer.putInt(FLAGS, header.isInterval() ? INTERVAL_FLAG : 0);
        buffer.putLong(GENERATION, header.generation());
        putUuid(buffer, STORE_ID, identity.storeId());
        buffer.putLong(CREATED_AT, identity.createdAt());
        putUuid(buffer, FILE_ID, identity.fileId());
        putUuid(buffer, SECRET, identity.secret());
        buffer.putLong(EPOCH, header.epoch());
        buffer.putLong(FILE_SIZE, header.fileSize());
        buffer.putLong(DATA_OFFSET, Header.DATA_OFFSET);
        buffer.putLong(DATA_SIZE, header.dataSize());
        buffer.putLong(WAL_OFFSET, header.walOffset());
        buffer.putLong(WAL_SEQUENCE, header.walSequence());
        buffer.putLong(CHECKPOINT_SEQUENCE, header.checkpointSequence());
        buffer.putLong(TAG_DICT_OFFSET, header.tagDictOffset());
        buffer.putLong(TAG_DICT_SIZE, header.tagDictSize());
        buffer.putLong(ENTITY_COUNT, header.entityCount());
        buffer.putLong(LAST_MODIFIED, header.lastModified());
        header.lastDigest().copyTo(bytes, LAST_DIGEST);
        buffer.putInt(CRC, crcOf(buffer));
        return bytes;
    }

    /**
     * Reads a header.
     *
     * @param bytes the slot; its first 256 bytes are read
     * @param slot which slot it is: 0 or 1
     * @param file name of the file, for messages
     * @throws UnsupportedFormatException if the magic number or the version is another
     * @throws CorruptDataException if anything else is not as FORMAT.md demands
     */
    public static Header decode(byte[] bytes, int slot, String file) {
        ByteBuffer buffer = littleEndian(bytes);
        requireFormat(buffer, file);
        try {
            requireIntact(buffer, slot);
            return new Header(
                    buffer.getLong(GENERATION),
                    identity(buffer),
                    buffer.getInt(FLAGS) == INTERVAL_FLAG,
                    buffer.getLong(EPOCH),
                    buffer.getLong(FILE_SIZE),
                    buffer.getLong(DATA_SIZE),
                    buffer.getLong(WAL_OFFSET),
                    buffer.getLong(WAL_SEQUENCE),
                    buffer.getLong(CHECKPOINT_SEQUENCE),
                    buffer.getLong(TAG_DICT_OFFSET),
                    buffer.getLong(TAG_DICT_SIZE),
                    buffer.getLong(ENTITY_COUNT),
                    buffer.getLong(LAST_MODIFIED),
                    digest(buffer));
        } catch (HeaderRuleException e) {
            throw new CorruptDataException(file, (long) slot * SLOT_STRIDE, e.reason());
        }
    }

    /** The error for a file that ends before the slot does. */
    static UnsupportedFormatException tooShort(String file, long size) {
        String found = size == 0 ? "an empty file" : "a file of " + size + " bytes";
        return new UnsupportedFormatException(file, found, SUPPORTED);
    }

    private static void requireFormat(ByteBuffer buffer, String file) {
        int magic = buffer.getInt(MAGIC);
        if (magic != MAGIC_NUMBER) {
            throw new UnsupportedFormatException(file, "magic 0x%08x".formatted(magic), SUPPORTED);
        }
        int version = buffer.getInt(FORMAT_VERSION);
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new UnsupportedFormatException(
                    file, "version " + Integer.toUnsignedString(version), SUPPORTED);
        }
    }

    private static void requireIntact(ByteBuffer buffer, int slot) {
        int storedCrc = buffer.getInt(CRC);
        int actualCrc = crcOf(buffer);
        require(
                "crc-matches",
                storedCrc == actualCrc,
                "expected 0x%08x, actual 0x%08x".formatted(storedCrc, actualCrc));
        int storedSlot = buffer.getInt(SLOT);
        require(
                "slot-in-place",
                storedSlot == slot,
                "slot " + slot + " names itself " + storedSlot);
        long generation = buffer.getLong(GENERATION);
        require(
                "slot-of-generation",
                (generation & 1) == slot,
                "generation " + generation + " in slot " + slot);
        require(
                "data-offset-fixed",
                buffer.getLong(DATA_OFFSET) == Header.DATA_OFFSET,
                "dataOffset is " + buffer.getLong(DATA_OFFSET));
        int known = buffer.getInt(FORMAT_VERSION) == OLDEST_VERSION ? 0 : INTERVAL_FLAG;
        int flags = buffer.getInt(FLAGS);
        require("flags-known", (flags & ~known) == 0, "flags are 0x%08x".formatted(flags));
        ByteBuffer zeros = ByteBuffer.allocate(UNUSED_BYTES);
        require(
                "reserved-zero",
                buffer.slice(UNUSED, UNUSED_BYTES).equals(zeros),
                "reserved bytes are in use");
    }

    private static void require(String rule, boolean holds, String detail) {
        if (!holds) {
            throw new HeaderRuleException(rule, detail);
        }
    }

    private static FileIdentity identity(ByteBuffer buffer) {
        return new FileIdentity(
                uuid(buffer, STORE_ID),
                buffer.getLong(CREATED_AT),
                uuid(buffer, FILE_ID),
                uuid(buffer, SECRET));
    }

    private static Digest digest(ByteBuffer buffer) {
        byte[] digest = new byte[Digest.BYTES];
        buffer.get(LAST_DIGEST, digest);
        return Digest.of(digest);
    }

    private static UUID uuid(ByteBuffer buffer, int offset) {
        return new UUID(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES));
    }

    private static void putUuid(ByteBuffer buffer, int offset, UUID uuid) {
        buffer.putLong(offset, uuid.getMostSignificantBits());
        buffer.putLong(offset + Long.BYTES, uuid.getLeastSignificantBits());
    }

    /** Whether the checksum of a slot fits, whatever its version. */
    static boolean hasChecksum(ByteBuffer slot) {
        return slot.getInt(CRC) == crcOf(slot);
    }

    private static int crcOf(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, CRC));
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
