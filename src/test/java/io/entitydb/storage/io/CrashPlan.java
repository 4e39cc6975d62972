package io.entitydb.storage.io;

/**
 * Which states of a disk after power loss are made.
 *
 * @param seed decides what is drawn; the same seed and the same calls give the same states
 * @param limit most states that are made
 */
public record CrashPlan(long seed, int limit) {

    public CrashPlan {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit);
        }
    }
}
