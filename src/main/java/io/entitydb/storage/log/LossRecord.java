package io.entitydb.storage.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the record of a loss says: which transactions a repair gave up, when, and on whose word. The
 * last of them stands in the header of its frame, with its commit time and, if known, its digest.
 *
 * <p><b>Source:</b> FORMAT.md, "Loss record".
 *
 * @param firstSequence the first transaction that was given up
 * @param acceptedAt when, in nanoseconds since 1970
 * @param principal who accepted it
 */
public record LossRecord(long firstSequence, long acceptedAt, String principal) {

    /** Bytes that {@link #writeTo} takes at most. */
    static final int MAX_BYTES = 2 * Long.BYTES + 1 + 255;

    /**
     * Reads the record of a loss frame.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if it is none
     */
    public static LossRecord of(Frame frame) {
        RawRecord record = frame.records().getFirst();
        if (record.kind() != RecordKind.LOSS) {
            throw record.corrupt("loss expected, found record of kind " + record.kind());
        }
        RecordBody body = record.body(RecordLayout.PREFIX_BYTES);
        return new LossRecord(body.readLong(), body.readLong(), body.readText(body.readByte()));
    }

    void writeTo(ByteBuffer buffer) {
        byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        buffer.putLong(firstSequence).putLong(acceptedAt).put((byte) name.length).put(name);
    }
}
