package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

/**
 * Which version of an entity, and how it came to be.
 *
 * @param number 1, 2, 3 … within the entity, without gaps
 * @param kind what the version did
 * @param transaction sequence of the transaction that wrote it
 * @param at commit time of that transaction
 * @param principal who wrote it
 */
public record Version(
        long number, ChangeKind kind, long transaction, Timestamp at, String principal) {

    /** Stands for the transaction of a version that is not committed yet. */
    private static final long PENDING = Long.MAX_VALUE;

    /** Refuses numbers below 1. */
    public Version {
        if (number < 1 || transaction < 1) {
            throw new IllegalArgumentException(
                    "version " + number + " of transaction " + transaction);
        }
    }

    /** A version that a running transaction is going to write: its commit time is not known. */
    public static Version pending(long number, ChangeKind kind, String principal) {
        return new Version(number, kind, PENDING, Timestamp.MAX, principal);
    }

    /** Whether the version is not committed yet. */
    public boolean isPending() {
        return transaction == PENDING;
    }
}
