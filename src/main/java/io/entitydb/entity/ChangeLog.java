package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * All changes in the order of their commits, as soon as they are durable: nothing that it tells can
 * be rolled back. Readers keep their own places, so nothing is held for one that is slow.
 * Thread-safe.
 *
 * <p><b>Waiting.</b> Take a {@link #mark}, read until there is nothing, then {@link #awaitAfter}
 * that mark: what became durable since it was taken ends the wait at once.
 */
public interface ChangeLog {

    /**
     * The history as the open store tells it. Stays usable until the store is closed, or opened
     * again after a failed write.
     *
     * <p>All of its methods, and this one, end in the exceptions of a closed store.
     */
    History history();

    /** Grows whenever more may be durable than before. */
    long mark();

    /**
     * Waits until more may be durable than when a mark was taken.
     *
     * @return whether that is so; otherwise the time is over
     */
    boolean awaitAfter(long mark, Duration patience) throws InterruptedException;

    /** Ends all waits at once, as if there were something to read. */
    void wake();

    /** One history. */
    interface History {

        /** Which one it is; the same for its whole life. */
        LogOrigin origin();

        /** The newest durable transaction. */
        LogPoint newest();

        /**
         * A durable transaction, or the beginning.
         *
         * @return null if there is no transaction of that number, or if it is lost
         */
        @Nullable LogPoint at(long sequence);

        /**
         * The last transaction that was committed at or before an instant; the beginning if there
         * is none. The answer never changes.
         *
         * @throws InvalidQueryException if the instant lies in the future
         */
        LogPoint lastAt(Timestamp instant);

        /**
         * Reads what comes after a transaction.
         *
         * @param sequence 0 begins with the first
         */
        Reading readAfter(long sequence);
    }

    /** A place in a history that moves forward. Used by one thread; needs no closing. */
    interface Reading {

        /**
         * The next entry; does not wait.
         *
         * @return null if there is none yet
         */
        @Nullable LogEntry next();
    }
}
