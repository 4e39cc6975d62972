package io.entitydb.storage;

import java.util.Locale;

/** What the bytes of a store belong to, as its damage is counted. */
enum Structure {
    /** The header in one of its slots. */
    HEADER_SLOT,
    /** Behind the header in its slot: FORMAT.md says that no reader looks at it. */
    SLOT_PADDING,
    /** The fields at the beginning of a frame. */
    FRAME_HEADER,
    /** A version of an entity. */
    VERSION_RECORD,
    /** A dictionary that a later one repeats. */
    EARLIER_DICTIONARY,
    /** The dictionary that the header names. */
    NEWEST_DICTIONARY,
    /** A piece of a content. */
    CHUNK_RECORD,
    /** What other system frames hold. */
    OTHER_RECORD,
    /** The fields at the end of a frame. */
    FRAME_TRAILER,
    /** Allocated space behind the log. */
    FREE_SPACE,
    /** The image of the index. */
    INDEX_IMAGE,
    /** Several of them at the same time, or the file's length. */
    SEVERAL;

    /** Name in lower case, as the report has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
