package io.entitydb.storage.header;

/**
 * Offsets of the fields within a header slot, in bytes from its first byte.
 *
 * <p><b>Source:</b> FORMAT.md, "Header slot".
 */
final class HeaderLayout {

    static final int UUID_BYTES = 2 * Long.BYTES;

    static final int MAGIC = 0;
    static final int FORMAT_VERSION = MAGIC + Integer.BYTES;
    static final int SLOT = FORMAT_VERSION + Integer.BYTES;
    static final int FLAGS = SLOT + Integer.BYTES;
    static final int GENERATION = FLAGS + Integer.BYTES;
    static final int STORE_ID = GENERATION + Long.BYTES;
    static final int CREATED_AT = STORE_ID + UUID_BYTES;
    static final int FILE_ID = CREATED_AT + Long.BYTES;
    static final int SECRET = FILE_ID + UUID_BYTES;
    static final int EPOCH = SECRET + UUID_BYTES;
    static final int FILE_SIZE = EPOCH + Long.BYTES;
    static final int DATA_OFFSET = FILE_SIZE + Long.BYTES;
    static final int DATA_SIZE = DATA_OFFSET + Long.BYTES;
    static final int WAL_OFFSET = DATA_SIZE + Long.BYTES;
    static final int WAL_SEQUENCE = WAL_OFFSET + Long.BYTES;
    static final int CHECKPOINT_SEQUENCE = WAL_SEQUENCE + Long.BYTES;
    static final int TAG_DICT_OFFSET = CHECKPOINT_SEQUENCE + Long.BYTES;
    static final int TAG_DICT_SIZE = TAG_DICT_OFFSET + Long.BYTES;
    static final int ENTITY_COUNT = TAG_DICT_SIZE + Long.BYTES;
    static final int LAST_MODIFIED = ENTITY_COUNT + Long.BYTES;
    static final int LAST_DIGEST = LAST_MODIFIED + Long.BYTES;
    static final int LAST_DIGEST_BYTES = 32;
    static final int UNUSED = LAST_DIGEST + LAST_DIGEST_BYTES;
    static final int UNUSED_BYTES = 52;
    static final int CRC = UNUSED + UNUSED_BYTES;

    /** Length of the header; the rest of its slot is zeros that no checksum covers. */
    static final int HEADER_BYTES = CRC + Integer.BYTES;

    /** Distance of the slots: a page of its own each, so that no write touches both. */
    static final int SLOT_STRIDE = 4096;

    private HeaderLayout() {}
}
