package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.LittleEndian;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The bytes of one record, copied to the heap and verified there. */
public final class RawRecord {

    private final String file;
    private final long position;
    private final byte[] bytes;
    private final int length;

    RawRecord(String file, long position, byte[] bytes) {
        this(file, position, bytes, bytes.length);
    }

    /**
     * A record of which the end may be missing.
     *
     * @param length bytes of the whole record
     */
    RawRecord(String file, long position, byte[] bytes, int length) {
        this.file = file;
        this.position = position;
        this.bytes = bytes;
        this.length = length;
    }

    /** Where the record begins in the file. */
    public long position() {
        return position;
    }

    /** The digest of its logical facts. */
    public Digest digest() {
        return Digest.of(
                Arrays.copyOfRange(bytes, RecordLayout.DIGEST, RecordLayout.DIGEST + Digest.BYTES));
    }

    /** The version that it holds; null if it holds none, or none that makes sense. */
    public @Nullable VersionRecord asVersion() {
        if (RecordKind.changeOf(kind()) == null) {
            return null;
        }
        try {
            return new VersionRecord(this);
        } catch (CorruptDataException e) {
            return null;
        }
    }

    /** Position right behind the record. */
    public long end() {
        return position + length;
    }

    /** Whether it is a version of an entity, by its kind. */
    public boolean isVersion() {
        return RecordKind.changeOf(kind()) != null;
    }

    /** Whether only the digest of a version was kept. */
    public boolean isStub() {
        return kind() == RecordKind.STUB;
    }

    /** Whether a version names the transaction of a frame as its own. */
    public boolean isOfTransaction(FrameHeader header) {
        return longAt(RecordLayout.SEQUENCE) == header.sequence()
                && longAt(RecordLayout.COMMIT_TIME) == header.commitTime();
    }

    /**
     * The version that it is.
     *
     * @throws CorruptDataException if it is none, or breaks a rule of its fields
     */
    public VersionRecord toVersion() {
        return new VersionRecord(this);
    }

    /** Whether the end, where the content stands, is missing. */
    boolean isCut() {
        return bytes.length < length;
    }

    String file() {
        return file;
    }

    /** The checksum that it names. */
    public int crc() {
        return LittleEndian.intAt(bytes, RecordLayout.CRC);
    }

    /** A record of the same place with other bytes, which become its own. */
    RawRecord with(byte[] other) {
        return new RawRecord(file, position, other);
    }

    byte kind() {
        return bytes[RecordLayout.KIND];
    }

    byte contentForm() {
        return bytes[RecordLayout.CONTENT_FORM];
    }

    long longAt(int offset) {
        return LittleEndian.longAt(bytes, offset);
    }

    byte[] bytes() {
        return bytes;
    }

    RecordBody body(int from) {
        return new RecordBody(file, position, bytes, from);
    }

    CorruptDataException corrupt(String reason) {
        return new CorruptDataException(file, position, reason);
    }
}
