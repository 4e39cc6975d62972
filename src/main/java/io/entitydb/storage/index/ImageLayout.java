package io.entitydb.storage.index;

import io.entitydb.entity.Digest;

/**
 * Offsets within {@code entities.idx}, in bytes from the first byte of the header, of a block, of
 * an entry and of the end block.
 *
 * <p><b>Source:</b> FORMAT.md, "Entity index image".
 */
final class ImageLayout {

    static final int UUID_BYTES = 2 * Long.BYTES;

    static final int MAGIC = 0;
    static final int FORMAT_VERSION = MAGIC + Integer.BYTES;
    static final int FILE_ID = FORMAT_VERSION + Integer.BYTES;
    static final int WAL_OFFSET = FILE_ID + UUID_BYTES;
    static final int SEQUENCE = WAL_OFFSET + Long.BYTES;
    static final int ENTITY_COUNT = SEQUENCE + Long.BYTES;
    static final int FRAME_NUMBER = ENTITY_COUNT + Long.BYTES;
    static final int COMMIT_TIME = FRAME_NUMBER + Long.BYTES;
    static final int DIGEST = COMMIT_TIME + Long.BYTES;
    static final int COVERED_SEQUENCE = DIGEST + Digest.BYTES;
    static final int COVERED_DIGEST = COVERED_SEQUENCE + Long.BYTES;
    static final int SLOT_COUNT = COVERED_DIGEST + Digest.BYTES;
    static final int FRAME_CRC = SLOT_COUNT + Long.BYTES;
    static final int CRC = FRAME_CRC + Integer.BYTES;

    /** Length of the header; the first block follows. */
    static final int HEADER_BYTES = CRC + Integer.BYTES;

    static final int BLOCK_CRC = 0;
    static final int BLOCK_ENTRY_COUNT = BLOCK_CRC + Integer.BYTES;
    static final int BLOCK_ENTRIES = BLOCK_ENTRY_COUNT + Integer.BYTES;

    static final int ENTRY_HASH = 0;
    static final int ENTRY_POSITION = ENTRY_HASH + Long.BYTES;

    /** Length of an entry. */
    static final int ENTRY_BYTES = ENTRY_POSITION + Long.BYTES;

    static final int END_CRC = 0;
    static final int END_ENTRY_COUNT = END_CRC + Integer.BYTES;
    static final int END_TOTAL = END_ENTRY_COUNT + Integer.BYTES;

    /** Length of the end block. */
    static final int END_BYTES = END_TOTAL + Long.BYTES;

    private ImageLayout() {}
}
