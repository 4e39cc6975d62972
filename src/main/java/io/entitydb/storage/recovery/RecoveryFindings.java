package io.entitydb.storage.recovery;

import io.entitydb.storage.header.HeaderSlots;

import org.jspecify.annotations.Nullable;

/**
 * What a recovery found and did.
 *
 * @param isCreated whether there was no store and an empty one was made
 * @param slots the header slots as they were read
 * @param isIndexRebuilt whether the index was built from the whole log
 * @param indexProblem why its image could not be used; null if it was
 * @param replayedTransactions transactions read
 * @param replayedBytes bytes of frames read
 * @param discardedBytes bytes behind the last frame that were cleared; 0 if they were zeros
 * @param isTailSettled whether the tail was written again
 * @param damage what proves damage; null if there is none
 * @param settleFailure why the tail could not be settled; null if it could or need not be
 */
public record RecoveryFindings(
        boolean isCreated,
        HeaderSlots slots,
        boolean isIndexRebuilt,
        @Nullable String indexProblem,
        long replayedTransactions,
        long replayedBytes,
        long discardedBytes,
        boolean isTailSettled,
        @Nullable String damage,
        @Nullable String settleFailure) {}
