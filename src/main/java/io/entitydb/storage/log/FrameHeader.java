package io.entitydb.storage.log;

import io.entitydb.entity.Digest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fields at the beginning of a frame, verified. See FORMAT.md, "Frame".
 *
 * @param type what the frame holds
 * @param length bytes of the whole frame
 * @param recordCount number of records
 * @param frameNumber the previous frame's plus 1
 * @param position where the frame begins
 * @param durableFrame highest frame known forced when this one was written
 * @param headerGeneration generation of the file header published last by then
 * @param sequence transaction sequence; 0 in a system frame; in a loss the last one lost
 * @param commitTime nanoseconds since 1970; 0 in a system frame
 * @param digest digest of history up to this transaction; zeros in a system frame, and in a loss
 *     where it is not known
 * @param previousCrc checksum of the previous frame
 */
public record FrameHeader(
        FrameType type,
        int length,
        int recordCount,
        long frameNumber,
        long position,
        long durableFrame,
        long headerGeneration,
        long sequence,
        long commitTime,
        Digest digest,
        int previousCrc) {

    /** Why bytes are no frame header. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Position right after the frame. */
    public long end() {
        return position + length;
    }

    /** Whether the frame holds a transaction. */
    public boolean isTransaction() {
        return type == FrameType.TRANSACTION;
    }

    /**
     * Whether the frame moves the sequence of transactions on: it holds one, or stands for some.
     */
    public boolean movesSequence() {
        return isTransaction() || type == FrameType.LOSS;
    }

    /**
     * Reads and verifies a header.
     *
     * @param position where the bytes stand in the file
     * @throws Malformed if they are no frame header of this place
     */
    static FrameHeader decode(byte[] bytes, long position, Checksum checksum) throws Malformed {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(
                fields.getInt(FrameLayout.MARKER) == FrameLayout.MARKER_VALUE,
                "no frame marker at ",
                position);
        int crc = checksum.begin().add(bytes, 0, FrameLayout.HEADER_CRC).end();
        require(
                crc == fields.getInt(FrameLayout.HEADER_CRC),
                "frame header checksum differs: ",
                crc);
        long own = fields.getLong(FrameLayout.POSITION);
        require(own == position, "frame of position ", own);
        FrameType type = FrameType.of(fields.getInt(FrameLayout.TYPE));
        if (type == null) {
            throw new Malformed("frame type " + fields.getInt(FrameLayout.TYPE));
        }
        FrameHeader header =
                new FrameHeader(
                        type,
                        fields.getInt(FrameLayout.LENGTH),
                        fields.getInt(FrameLayout.RECORD_COUNT),
                        fields.getLong(FrameLayout.FRAME_NUMBER),
                        own,
                        fields.getLong(FrameLayout.DURABLE_FRAME),
                        fields.getLong(FrameLayout.HEADER_GENERATION),
                        fields.getLong(FrameLayout.SEQUENCE),
                        fields.getLong(FrameLayout.COMMIT_TIME),
                        Digest.of(
                                Arrays.copyOfRange(
                                        bytes,
                                        FrameLayout.DIGEST,
                                        FrameLayout.DIGEST + FrameLayout.DIGEST_BYTES)),
                        fields.getInt(FrameLayout.PREVIOUS_CRC));
        header.requireSense();
        return header;
    }

    private void requireSense() throws Malformed {
        int least = FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES;
        require(
                length >= least
                        && length <= FrameLayout.MAX_BYTES
                        && length % FrameLayout.ALIGNMENT == 0,
                "frame length ",
                length);
        require(recordCount > 0, "number of records is ", recordCount);
        require(durableFrame >= 0 && durableFrame < frameNumber, "durable frame ", durableFrame);
        if (movesSequence() != sequence > 0) {
            throw new Malformed("sequence " + sequence + " in a frame of " + type);
        }
    }

    /** The words are put together only where something is wrong. */
    private static void require(boolean holds, String what, long value) throws Malformed {
        if (!holds) {
            throw new Malformed(what + value);
        }
    }
}
