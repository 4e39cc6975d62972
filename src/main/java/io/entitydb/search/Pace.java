package io.entitydb.search;

import io.entitydb.storage.LogFollower;
import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When the index follows the log closely, and when it lets transactions gather.
 *
 * <p>While queries come, they come upon an index that is close behind. While none does, commits
 * have the processor: transactions gather until there are many, the oldest waits for long, no
 * commit comes any more, or a query comes. So how far the index stays behind of its own will is
 * bounded by what it catches up with in about a second. Used by one thread.
 */
@RequiredArgsConstructor
final class Pace {

    /** How long after a query the next one is expected. */
    static final Duration WATCHED = Duration.ofSeconds(5);

    /** Most transactions that gather. */
    static final long MOST_TRANSACTIONS = 65_536;

    /** Most bytes of log that gather, since transactions may be large. */
    static final long MOST_BYTES = 64L << 20;

    /** Time between two looks at the log. */
    private static final Duration LOOK = Duration.ofMillis(10);

    /** After as many looks without a commit, nobody else wants the processor. */
    private static final int QUIET_LOOKS = 5;

    private final StorageEngine engine;
    private final SearchViews views;
    private final Duration longest;

    /**
     * Waits while transactions may gather.
     *
     * @param indexed last transaction in the index
     * @param follower from where the next ones come
     * @param isWanted whether to go on waiting at all
     * @return the newest transaction, up to which the index is to go without a rest
     */
    long gather(long indexed, LogFollower follower, BooleanSupplier isWanted)
            throws InterruptedException {
        long start = System.nanoTime();
        long newest = engine.snapshot().sequence();
        int quiet = 0;
        while (isWanted.getAsBoolean()
                && views.failure() == null
                && newest > indexed
                && newest - indexed < MOST_TRANSACTIONS
                && follower.bytesLeft() < MOST_BYTES
                && quiet < QUIET_LOOKS
                && System.nanoTime() - start < longest.toNanos()
                && !views.isWatched(WATCHED)) {
            views.rest(LOOK);
            long now = engine.snapshot().sequence();
            quiet = now == newest ? quiet + 1 : 0;
            newest = now;
        }
        return newest;
    }
}
