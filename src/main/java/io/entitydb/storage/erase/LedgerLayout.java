package io.entitydb.storage.erase;

/** Offsets within the ledger of erasures. See FORMAT.md, "Ledger of erasures". */
final class LedgerLayout {

    /** What the file begins with. */
    static final int MAGIC_VALUE = 0x4c444245;

    /** The only version of the ledger. */
    static final int VERSION_VALUE = 1;

    /** Code of an entry that says what is to be erased. */
    static final int KIND_ERASURE = 1;

    /** Code of an entry that says in which file it was. */
    static final int KIND_DONE = 2;

    /** Entries begin at multiples of it. */
    static final int ALIGNMENT = 8;

    /** Size of a UUID. */
    static final int UUID_BYTES = 16;

    /** Names the file: the characters {@code EBDL}. */
    static final int MAGIC = 0;

    static final int MAGIC_BYTES = 4;

    /** Version of the ledger. */
    static final int FORMAT_VERSION = MAGIC + MAGIC_BYTES;

    static final int FORMAT_VERSION_BYTES = 4;

    /** The store whose erasures these are. */
    static final int STORE_ID = FORMAT_VERSION + FORMAT_VERSION_BYTES;

    static final int STORE_ID_BYTES = UUID_BYTES;

    /** Zeros. */
    static final int RESERVED = STORE_ID + STORE_ID_BYTES;

    static final int RESERVED_BYTES = 4;

    /** Checksum of what stands before it. */
    static final int CRC = RESERVED + RESERVED_BYTES;

    static final int CRC_BYTES = 4;

    /** Size of the header; the first entry follows. */
    static final int HEADER_BYTES = CRC + CRC_BYTES;

    /** Length of the whole entry. */
    static final int ENTRY_LENGTH = 0;

    static final int ENTRY_LENGTH_BYTES = 4;

    /** Checksum of the store's id, the entry's position and all its other bytes. */
    static final int ENTRY_CRC = ENTRY_LENGTH + ENTRY_LENGTH_BYTES;

    static final int ENTRY_CRC_BYTES = 4;

    /** What the entry says. */
    static final int ENTRY_KIND = ENTRY_CRC + ENTRY_CRC_BYTES;

    static final int ENTRY_KIND_BYTES = 4;

    /** Zeros. */
    static final int ENTRY_RESERVED = ENTRY_KIND + ENTRY_KIND_BYTES;

    static final int ENTRY_RESERVED_BYTES = 4;

    /** Number of the erasure. */
    static final int ENTRY_NUMBER = ENTRY_RESERVED + ENTRY_RESERVED_BYTES;

    static final int ENTRY_NUMBER_BYTES = 8;

    /** When the entry was made. */
    static final int ENTRY_TIME = ENTRY_NUMBER + ENTRY_NUMBER_BYTES;

    static final int ENTRY_TIME_BYTES = 8;

    /** In an erasure the newest version that it erases; in a done entry the first erasure done. */
    static final int ENTRY_VERSION = ENTRY_TIME + ENTRY_TIME_BYTES;

    static final int ENTRY_VERSION_BYTES = 8;

    /** Where names, or the id of a file, begin. */
    static final int ENTRY_BODY = ENTRY_VERSION + ENTRY_VERSION_BYTES;

    /** Longest entry: three names of at most 255 bytes. */
    static final int MAX_ENTRY_BYTES = 808;

    private LedgerLayout() {}
}
