package io.entitydb.storage.index;

import io.entitydb.storage.log.FrameChain;

/**
 * The point of the log from which it is replayed over an image: all that lies before had been
 * applied to the index when the image was begun.
 *
 * @param border the border at which the first frame to replay stands
 * @param entityCount living entities at the border
 */
public record ReplayPoint(FrameChain border, long entityCount) {

    /** Refuses what no log can have. */
    public ReplayPoint {
        if (!LogPosition.isPossible(border.position())) {
            throw new IllegalArgumentException("walOffset is " + border.position());
        }
        requireNotNegative("sequence", border.sequence());
        requireNotNegative("frameNumber", border.frameNumber());
        requireNotNegative("commitTime", border.commitTime());
        requireNotNegative("entityCount", entityCount);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }
}
