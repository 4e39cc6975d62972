package io.entitydb.storage.log;

import io.entitydb.entity.Digest;

/**
 * Offsets within a frame: header, then records, then trailer. See FORMAT.md, "Frame". Trailer
 * offsets count from the beginning of the trailer.
 */
public final class FrameLayout {

    /** Marker: the bytes {@code EDBF}. */
    public static final int MARKER = 0;

    static final int MARKER_BYTES = 4;

    /** Type, see {@link FrameType}. */
    public static final int TYPE = MARKER + MARKER_BYTES;

    static final int TYPE_BYTES = 4;

    /** Length of the whole frame, header and trailer included. */
    public static final int LENGTH = TYPE + TYPE_BYTES;

    static final int LENGTH_BYTES = 4;

    /** Number of records. */
    public static final int RECORD_COUNT = LENGTH + LENGTH_BYTES;

    static final int RECORD_COUNT_BYTES = 4;

    /** Number of the frame: that of the previous one plus 1. */
    public static final int FRAME_NUMBER = RECORD_COUNT + RECORD_COUNT_BYTES;

    static final int FRAME_NUMBER_BYTES = 8;

    /** Position of this frame in the file. */
    public static final int POSITION = FRAME_NUMBER + FRAME_NUMBER_BYTES;

    static final int POSITION_BYTES = 8;

    /** Highest frame known to be forced when this one was written. */
    public static final int DURABLE_FRAME = POSITION + POSITION_BYTES;

    static final int DURABLE_FRAME_BYTES = 8;

    /** Generation of the header published last when this frame was written. */
    public static final int HEADER_GENERATION = DURABLE_FRAME + DURABLE_FRAME_BYTES;

    static final int HEADER_GENERATION_BYTES = 8;

    /** Transaction sequence; 0 in a system frame. */
    public static final int SEQUENCE = HEADER_GENERATION + HEADER_GENERATION_BYTES;

    static final int SEQUENCE_BYTES = 8;

    /** Commit time in nanoseconds since 1970; 0 in a system frame. */
    public static final int COMMIT_TIME = SEQUENCE + SEQUENCE_BYTES;

    static final int COMMIT_TIME_BYTES = 8;

    /** Digest of history up to this transaction; zeros in a system frame. */
    public static final int DIGEST = COMMIT_TIME + COMMIT_TIME_BYTES;

    static final int DIGEST_BYTES = Digest.BYTES;

    /** Checksum of the previous frame. */
    public static final int PREVIOUS_CRC = DIGEST + DIGEST_BYTES;

    static final int PREVIOUS_CRC_BYTES = 4;

    /** Checksum of the frame header up to here. */
    public static final int HEADER_CRC = PREVIOUS_CRC + PREVIOUS_CRC_BYTES;

    static final int HEADER_CRC_BYTES = 4;

    /** Length of the frame header. */
    public static final int HEADER_BYTES = HEADER_CRC + HEADER_CRC_BYTES;

    /** In the trailer: number of the frame once more. */
    public static final int TRAILER_FRAME_NUMBER = 0;

    static final int TRAILER_FRAME_NUMBER_BYTES = 8;

    /** In the trailer: length of the frame once more. */
    public static final int TRAILER_LENGTH = TRAILER_FRAME_NUMBER + TRAILER_FRAME_NUMBER_BYTES;

    static final int TRAILER_LENGTH_BYTES = 4;

    /** In the trailer: checksum of header, record lengths and digests, and trailer. */
    public static final int TRAILER_CRC = TRAILER_LENGTH + TRAILER_LENGTH_BYTES;

    static final int TRAILER_CRC_BYTES = 4;

    /** Length of the trailer. */
    public static final int TRAILER_BYTES = TRAILER_CRC + TRAILER_CRC_BYTES;

    /** Value of the marker. */
    public static final int MARKER_VALUE = 0x46424445;

    /** Frames and records begin at multiples of this. */
    public static final int ALIGNMENT = 8;

    /** Longest frame: bounds what a damaged length can make a reader allocate. */
    public static final int MAX_BYTES = 64 << 20;

    private FrameLayout() {}
}
