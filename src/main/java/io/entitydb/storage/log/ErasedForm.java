package io.entitydb.storage.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What an erasure makes of a record: its length, its digest and what places it in history stay, and
 * so do the names of dataset, entity and principal; all else becomes zeros.
 *
 * <p>The form follows from the bytes alone, and is the same for a record that is erased already or
 * half overwritten: what stays is the same in both, and kind and livingDelta stand in one word of
 * eight bytes, which no crash tears. So an erasure can be repeated, however far it came.
 *
 * <p><b>Source:</b> FORMAT.md, "Erased record".
 */
public final class ErasedForm {

    private ErasedForm() {}

    /**
     * The erased form of the record at a position, its checksum included.
     *
     * @param record the bytes of the record, which need not verify
     * @throws io.entitydb.storage.error.CorruptDataException if they are neither a version nor a
     *     chunk
     */
    static byte[] of(RawRecord record, Checksum checksum) {
        byte[] erased = facts(record);
        ByteBuffer.wrap(erased)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(
                        RecordLayout.CRC,
                        checksum.ofRecord(record.position(), erased, 0, erased.length));
        return erased;
    }

    /** What an erasure leaves of a version that is going to be copied into another file. */
    public static VersionRecord of(VersionRecord version) {
        RawRecord record = version.raw();
        return new VersionRecord(new RawRecord(record.file(), record.position(), facts(record)));
    }

    private static byte[] facts(RawRecord record) {
        byte[] erased = record.bytes().clone();
        if (record.kind() == RecordKind.CHUNK) {
            eraseChunk(record, erased);
        } else {
            eraseVersion(record, erased);
        }
        return erased;
    }

    /** The length of the piece becomes 0; the names stay. */
    private static void eraseChunk(RawRecord record, byte[] erased) {
        RecordBody body = record.body(RecordLayout.PREFIX_BYTES + Integer.BYTES);
        skipWord(body);
        body.skip(body.readByte());
        Arrays.fill(
                erased,
                RecordLayout.PREFIX_BYTES,
                RecordLayout.PREFIX_BYTES + Integer.BYTES,
                (byte) 0);
        Arrays.fill(erased, body.index(), erased.length, (byte) 0);
    }

    private static void eraseVersion(RawRecord record, byte[] erased) {
        VersionRecord version = new VersionRecord(record);
        RecordBody body = record.body(RecordLayout.BODY);
        skipWord(body);
        body.skip(body.readByte());
        body.skip(body.readByte());
        erased[RecordLayout.KIND] = RecordKind.ERASED;
        erased[RecordLayout.CONTENT_FORM] = ContentForm.EMPTY;
        erased[RecordLayout.LIVING_DELTA] =
                (byte) (version.livingDelta() + VersionRecord.DELTA_CODE_OFFSET);
        Arrays.fill(erased, RecordLayout.SALT, RecordLayout.BODY, (byte) 0);
        Arrays.fill(erased, body.index(), erased.length, (byte) 0);
    }

    private static void skipWord(RecordBody body) {
        if (body.readVarint() == TagDictionary.LITERAL) {
            body.skip(body.readVarint());
        }
    }
}
