package io.entitydb.storage.index;

/**
 * The point of the log from which it is replayed over an image: all that lies before had been
 * applied to the index when the image was begun.
 *
 * @param walOffset position of the first frame to replay
 * @param sequence the last transaction before it; 0 if there is none
 * @param entityCount living entities after that transaction
 */
public record ReplayPoint(long walOffset, long sequence, long entityCount) {

    /** Refuses what no log can have. */
    public ReplayPoint {
        if (!LogPosition.isPossible(walOffset)) {
            throw new IllegalArgumentException("walOffset is " + walOffset);
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence is " + sequence);
        }
        if (entityCount < 0) {
            throw new IllegalArgumentException("entityCount is " + entityCount);
        }
    }
}
