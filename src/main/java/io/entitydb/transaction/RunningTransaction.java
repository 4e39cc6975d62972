package io.entitydb.transaction;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.error.OutcomeUnknownException;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An engine's transaction as Spring sees it: with a deadline, perhaps read-only, perhaps doomed to
 * be rolled back. Bound to the thread that began it; confined to that thread.
 */
@RequiredArgsConstructor
final class RunningTransaction {

    private final Transaction transaction;
    private final boolean isReadOnly;
    private final Deadline deadline;

    private boolean isRollbackOnly;
    private boolean hasEnded;
    private @Nullable OutcomeUnknownException unknownOutcome;

    /** The transaction bound to the present thread, be it ended; null outside any. */
    static @Nullable RunningTransaction bound(StorageEngine engine) {
        return (RunningTransaction) TransactionSynchronizationManager.getResource(engine);
    }

    /**
     * The transaction of the present thread that takes calls; null outside any. Callbacks after the
     * completion are outside, though the transaction is still bound to the thread then: what they
     * read is the newest state, and what they write is committed.
     */
    static @Nullable RunningTransaction current(StorageEngine engine) {
        RunningTransaction bound = bound(engine);
        return bound == null || bound.hasEnded ? null : bound;
    }

    /** Makes this the transaction of the present thread, which has none. */
    void bind(StorageEngine engine) {
        TransactionSynchronizationManager.bindResource(engine, this);
    }

    /** Takes the transaction off the present thread. */
    static RunningTransaction unbind(StorageEngine engine) {
        return (RunningTransaction) TransactionSynchronizationManager.unbindResource(engine);
    }

    /**
     * The engine's transaction, for a call that changes nothing.
     *
     * @throws TransactionTimedOutException if the deadline has passed
     */
    Transaction forReading() {
        requireTime();
        return transaction;
    }

    /**
     * The engine's transaction, for a call that changes an entity.
     *
     * @throws IllegalTransactionStateException if the transaction is read-only
     * @throws TransactionTimedOutException if the deadline has passed
     */
    Transaction forWriting(EntityKey key) {
        if (isReadOnly) {
            throw new IllegalTransactionStateException(
                    "entity " + key + " cannot be changed: the transaction is read-only");
        }
        requireTime();
        return transaction;
    }

    void markRollbackOnly() {
        isRollbackOnly = true;
    }

    boolean isRollbackOnly() {
        return isRollbackOnly;
    }

    boolean isReadOnly() {
        return isReadOnly;
    }

    /**
     * Commits, unless the deadline has passed: then nothing was written.
     *
     * @return number of the newest transaction that is visible to whoever reads afterwards
     * @throws TransactionTimedOutException if the deadline has passed
     */
    long commit() {
        requireTime();
        hasEnded = true;
        try {
            return transaction.commit();
        } catch (OutcomeUnknownException e) {
            unknownOutcome = e;
            throw e;
        }
    }

    /**
     * Forgets the writes.
     *
     * @throws OutcomeUnknownException if the commit ended that way: what may have been written
     *     cannot be taken back, and nobody shall be told that it was
     */
    void rollback() {
        hasEnded = true;
        if (unknownOutcome != null) {
            throw unknownOutcome;
        }
        transaction.rollback();
    }

    private void requireTime() {
        if (deadline.hasPassed()) {
            isRollbackOnly = true;
            throw new TransactionTimedOutException(
                    "transaction timed out after "
                            + deadline.allowedNanos() / 1_000_000_000L
                            + " s");
        }
    }
}
