package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.COMMIT_TIME;
import static io.entitydb.storage.index.ImageLayout.COVERED_DIGEST;
import static io.entitydb.storage.index.ImageLayout.COVERED_SEQUENCE;
import static io.entitydb.storage.index.ImageLayout.CRC;
import static io.entitydb.storage.index.ImageLayout.DIGEST;
import static io.entitydb.storage.index.ImageLayout.ENTITY_COUNT;
import static io.entitydb.storage.index.ImageLayout.FILE_ID;
import static io.entitydb.storage.index.ImageLayout.FORMAT_VERSION;
import static io.entitydb.storage.index.ImageLayout.FRAME_CRC;
import static io.entitydb.storage.index.ImageLayout.FRAME_NUMBER;
import static io.entitydb.storage.index.ImageLayout.HEADER_BYTES;
import static io.entitydb.storage.index.ImageLayout.MAGIC;
import static io.entitydb.storage.index.ImageLayout.SEQUENCE;
import static io.entitydb.storage.index.ImageLayout.SLOT_COUNT;
import static io.entitydb.storage.index.ImageLayout.WAL_OFFSET;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.log.FrameChain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What an image of the entity index says of itself.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 *
 * @param fileId the file whose entities it indexes
 * @param replayPoint from where the log is replayed over it
 * @param covered the newest transaction of which it may hold anything
 * @param slotCount entries in the image
 */
public record ImageHeader(
        UUID fileId, ReplayPoint replayPoint, CoveredTransaction covered, long slotCount) {

    /** The bytes "EIDX", read as a little-endian number. */
    static final int MAGIC_NUMBER = 0x58444945;

    /** The only version of the format that is read and written. */
    static final int VERSION = 1;

    private static final String SUPPORTED =
            "magic 0x%08x, version %d".formatted(MAGIC_NUMBER, VERSION);

    /** Refuses headers that contradict themselves. */
    public ImageHeader {
        if (covered.sequence() < replayPoint.border().sequence()) {
            throw new IllegalArgumentException(
                    "coveredSequence is %d, below sequence %d"
                            .formatted(covered.sequence(), replayPoint.border().sequence()));
        }
        if (slotCount < replayPoint.entityCount()) {
            throw new IllegalArgumentException(
                    "slotCount is %d, below entityCount %d"
                            .formatted(slotCount, replayPoint.entityCount()));
        }
    }

    /** The bytes of the header. */
    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC, MAGIC_NUMBER);
        buffer.putInt(FORMAT_VERSION, VERSION);
        buffer.putLong(FILE_ID, fileId.getMostSignificantBits());
        buffer.putLong(FILE_ID + Long.BYTES, fileId.getLeastSignificantBits());
        FrameChain border = replayPoint.border();
        buffer.putLong(WAL_OFFSET, border.position());
        buffer.putLong(SEQUENCE, border.sequence());
        buffer.putLong(FRAME_NUMBER, border.frameNumber());
        buffer.putLong(COMMIT_TIME, border.commitTime());
        border.digest().copyTo(buffer, DIGEST);
        buffer.putInt(FRAME_CRC, border.crc());
        buffer.putLong(ENTITY_COUNT, replayPoint.entityCount());
        buffer.putLong(COVERED_SEQUENCE, covered.sequence());
        covered.digest().copyTo(buffer.array(), COVERED_DIGEST);
        buffer.putLong(SLOT_COUNT, slotCount);
        buffer.putInt(CRC, crcOf(buffer));
        return buffer.array();
    }

    /**
     * Reads a header.
     *
     * @param file name of the file, for messages
     * @throws UnsupportedFormatException if the magic number or the version is another
     * @throws CorruptDataException if anything else is not as FORMAT.md demands
     */
    static ImageHeader decode(byte[] bytes, String file) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        requireFormat(buffer.getInt(MAGIC), buffer.getInt(FORMAT_VERSION), file);
        requireIntact(buffer, file);
        try {
            return new ImageHeader(
                    new UUID(buffer.getLong(FILE_ID), buffer.getLong(FILE_ID + Long.BYTES)),
                    new ReplayPoint(borderOf(buffer), buffer.getLong(ENTITY_COUNT)),
                    new CoveredTransaction(
                            buffer.getLong(COVERED_SEQUENCE), digestAt(buffer, COVERED_DIGEST)),
                    buffer.getLong(SLOT_COUNT));
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static FrameChain borderOf(ByteBuffer buffer) {
        return new FrameChain(
                buffer.getLong(WAL_OFFSET),
                buffer.getLong(FRAME_NUMBER),
                buffer.getInt(FRAME_CRC),
                buffer.getLong(SEQUENCE),
                buffer.getLong(COMMIT_TIME),
                digestAt(buffer, DIGEST));
    }

    private static Digest digestAt(ByteBuffer buffer, int offset) {
        byte[] digest = new byte[Digest.BYTES];
        buffer.get(offset, digest);
        return Digest.of(digest);
    }

    private static void requireFormat(int magic, int version, String file) {
        if (magic != MAGIC_NUMBER) {
            throw new UnsupportedFormatException(file, "magic 0x%08x".formatted(magic), SUPPORTED);
        }
        if (version != VERSION) {
            throw new UnsupportedFormatException(
                    file, "version " + Integer.toUnsignedString(version), SUPPORTED);
        }
    }

    private static void requireIntact(ByteBuffer buffer, String file) {
        int stored = buffer.getInt(CRC);
        int actual = crcOf(buffer);
        if (stored != actual) {
            throw damaged(
                    file,
                    "crc of the header: expected 0x%08x, actual 0x%08x".formatted(stored, actual));
        }
    }

    private static CorruptDataException damaged(String file, String reason) {
        return new CorruptDataException(file, 0, reason);
    }

    private static int crcOf(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, CRC));
        return (int) crc.getValue();
    }
}
