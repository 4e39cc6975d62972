package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

/**
 * What was found and done when a store was opened.
 *
 * @param outcome in one word
 * @param headerGeneration generation of the chosen header slot
 * @param validSlots how many of the two header slots were valid
 * @param isIndexRebuilt whether the checkpoint of the index could not be used
 * @param replayedTransactions transactions read from the log
 * @param replayedBytes bytes of frames read from the log
 * @param discardedBytes bytes of a torn tail that were cleared
 * @param isTailSettled whether the tail had to be rewritten and cleared
 * @param damage the first damage met, if any
 * @param nanos how long it took
 */
public record RecoveryReport(
        Outcome outcome,
        long headerGeneration,
        int validSlots,
        boolean isIndexRebuilt,
        long replayedTransactions,
        long replayedBytes,
        long discardedBytes,
        boolean isTailSettled,
        @Nullable Damage damage,
        long nanos) {

    /** How a store was found. */
    public enum Outcome {
        /** There was none; an empty one was made. */
        CREATED,
        /** Closed properly. */
        CLEAN,
        /** Not closed properly; everything durable was found. */
        RECOVERED,
        /** Damaged within the replayed range; opened read-only before the gap. */
        DAMAGED
    }

    /**
     * Damage in the log.
     *
     * @param position where it begins
     * @param afterSequence last transaction before it
     * @param reason which rule failed
     */
    public record Damage(long position, long afterSequence, String reason) {}
}
