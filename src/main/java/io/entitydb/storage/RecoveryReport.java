package io.entitydb.storage;

import io.entitydb.storage.error.LostSequences;

import org.jspecify.annotations.Nullable;

import java.util.List;

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
     * @param lost the transactions that are lost, in order, as far as is known
     * @param lastReadable last transaction that can be read by its number
     */
    public record Damage(
            long position,
            long afterSequence,
            String reason,
            List<LostSequences> lost,
            long lastReadable) {

        /** Copies the list. */
        public Damage {
            lost = List.copyOf(lost);
        }

        /** Damage behind which nothing was found. */
        public Damage(long position, long afterSequence, String reason) {
            this(position, afterSequence, reason, List.of(), afterSequence);
        }
    }
}
