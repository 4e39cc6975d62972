package io.entitydb.storage;

import io.entitydb.entity.EntityKey;

import java.util.List;

/**
 * Something that is done to a store and to its model. Says nothing that depends on the steps
 * before, so that any of them can be left out.
 */
sealed interface ModelStep {

    /** Changes in one transaction, each attempted whatever came of the ones before. */
    record Transact(String principal, List<Attempt> attempts) implements ModelStep {
        public Transact {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Two transactions that begin before either commits.
     *
     * @param first commits first
     * @param second may meet what the first one did
     */
    record Overlap(Transact first, Transact second) implements ModelStep {}

    /**
     * An entity is erased.
     *
     * @param meanwhile a transaction that began before and commits afterwards
     */
    record Erase(EntityKey key, Transact meanwhile) implements ModelStep {}

    /**
     * The newest version, one of a number, and parts of the history.
     *
     * @param number a version that may or may not exist
     */
    record Read(EntityKey key, long number) implements ModelStep {}

    /**
     * An entity at some point of the past.
     *
     * @param point 0 is the beginning, 1 the present
     */
    record ReadPast(EntityKey key, double point) implements ModelStep {}

    /** Everything that the log tells. */
    record Follow() implements ModelStep {}

    /** A checkpoint. */
    record Checkpoint() implements ModelStep {}

    /** The store is closed and opened again. */
    record Reopen() implements ModelStep {}

    /** The process is killed and the store opened again. */
    record Kill() implements ModelStep {}

    /** The power is cut and the store opened again. */
    record PowerCut() implements ModelStep {}

    /** The clock is set. */
    record SetClock(long byNanos) implements ModelStep {}

    /** One call within a transaction. */
    sealed interface Attempt {

        /** The entity. */
        EntityKey key();

        /** Writes what must not exist. */
        record Create(EntityKey key, int content, int tags) implements Attempt {}

        /** Writes. */
        record Save(EntityKey key, int content, int tags) implements Attempt {}

        /** Deletes. */
        record Delete(EntityKey key) implements Attempt {}

        /** Brings back. */
        record Restore(EntityKey key) implements Attempt {}

        /** Relies on a version. */
        record Expect(EntityKey key, long version) implements Attempt {}
    }
}
