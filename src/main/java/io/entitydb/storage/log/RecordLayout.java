package io.entitydb.storage.log;

import io.entitydb.entity.Digest;

/** Offsets within a record. See FORMAT.md, "Record". All records share the fields of the prefix. */
public final class RecordLayout {

    /** Length of the whole record; a multiple of 8. */
    public static final int LENGTH = 0;

    static final int LENGTH_BYTES = 4;

    /** Checksum of the record's position and of all its other bytes. */
    public static final int CRC = LENGTH + LENGTH_BYTES;

    static final int CRC_BYTES = 4;

    /** Digest of the logical facts; zeros in records of system frames. */
    public static final int DIGEST = CRC + CRC_BYTES;

    static final int DIGEST_BYTES = Digest.BYTES;

    /** What the record is, see {@link RecordKind}. */
    public static final int KIND = DIGEST + DIGEST_BYTES;

    static final int KIND_BYTES = 1;

    /** Where the content stands, see {@link ContentForm}; 0 in records of system frames. */
    public static final int CONTENT_FORM = KIND + KIND_BYTES;

    static final int CONTENT_FORM_BYTES = 1;

    /** What a version adds to the number of living entities, plus 2; 0 if its kind tells. */
    public static final int LIVING_DELTA = CONTENT_FORM + CONTENT_FORM_BYTES;

    static final int LIVING_DELTA_BYTES = 1;

    /** Zeros. */
    public static final int RESERVED = LIVING_DELTA + LIVING_DELTA_BYTES;

    static final int RESERVED_BYTES = 5;

    /** End of what all records share. */
    public static final int PREFIX_BYTES = RESERVED + RESERVED_BYTES;

    /** Number of the version. */
    public static final int VERSION = PREFIX_BYTES;

    static final int VERSION_BYTES = 8;

    /** Sequence of the transaction. */
    public static final int SEQUENCE = VERSION + VERSION_BYTES;

    static final int SEQUENCE_BYTES = 8;

    /** Commit time in nanoseconds since 1970. */
    public static final int COMMIT_TIME = SEQUENCE + SEQUENCE_BYTES;

    static final int COMMIT_TIME_BYTES = 8;

    /** Position of the previous version's record; 0 for the first. */
    public static final int PREVIOUS_POSITION = COMMIT_TIME + COMMIT_TIME_BYTES;

    static final int PREVIOUS_POSITION_BYTES = 8;

    /** Position of a record further back, see {@link JumpPointers}; 0 for none. */
    public static final int JUMP_POSITION = PREVIOUS_POSITION + PREVIOUS_POSITION_BYTES;

    static final int JUMP_POSITION_BYTES = 8;

    /** Commit time of the version that began the entity's present life. */
    public static final int CREATED_AT = JUMP_POSITION + JUMP_POSITION_BYTES;

    static final int CREATED_AT_BYTES = 8;

    /** Random bytes that keep the digest from being guessed. */
    public static final int SALT = CREATED_AT + CREATED_AT_BYTES;

    static final int SALT_BYTES = 16;

    /** Length of the content in bytes. */
    public static final int CONTENT_LENGTH = SALT + SALT_BYTES;

    static final int CONTENT_LENGTH_BYTES = 8;

    /** SHA-256 of the content. */
    public static final int CONTENT_DIGEST = CONTENT_LENGTH + CONTENT_LENGTH_BYTES;

    static final int CONTENT_DIGEST_BYTES = Digest.BYTES;

    /** Where names, tags and content begin. */
    public static final int BODY = CONTENT_DIGEST + CONTENT_DIGEST_BYTES;

    /** Longest content kept within a record; longer ones stand in chunk frames. */
    public static final int MAX_INLINE_BYTES = 64 << 10;

    /** Longest piece of content in a chunk frame. */
    public static final int MAX_CHUNK_BYTES = 1 << 20;

    /** Longest record: 1,000 tags, inline content, names. Bounds what a damaged length can do. */
    public static final int MAX_BYTES = 4 << 20;

    private RecordLayout() {}
}
