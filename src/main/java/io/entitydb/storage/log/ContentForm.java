package io.entitydb.storage.log;

/** Codes of {@link RecordLayout#CONTENT_FORM}. They are part of the format. */
final class ContentForm {

    /** There are no bytes. */
    static final byte EMPTY = 0;

    /** The bytes end the record. */
    static final byte INLINE = 1;

    /** The bytes are those of the record at the position that follows. */
    static final byte EARLIER = 2;

    /** The bytes stand in the chunk records at the positions that follow. */
    static final byte CHUNKS = 3;

    private ContentForm() {}
}
