package io.entitydb.storage.repair;

/** Most bytes that small frames take. */
final class FrameRoom {

    /** A dictionary of the most and longest words, of 128 bytes and a length each. */
    static final long DICTIONARY_BYTES = 1024L * 130 + 1024;

    /** A loss, with the longest principal. */
    static final long LOSS_BYTES = 1024;

    /** What a chunk frame takes beside the piece, with the longest names. */
    static final long CHUNK_BYTES = 2048;

    private FrameRoom() {}
}
