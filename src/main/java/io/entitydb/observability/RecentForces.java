package io.entitydb.observability;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long the log's latest forces took. Thread-safe; remembering one costs some nanoseconds.
 *
 * <p>Only what is recent tells of the disk as it is: an hour of fast forces must not hide a disk
 * that has become slow, nor one slow minute be held against it for a day.
 */
final class RecentForces {

    /** Enough for a 99th percentile that is not the maximum. */
    static final int REMEMBERED = 1000;

    /** With fewer, one hiccup of the disk would be a percentile. */
    static final int SIGNIFICANT = 10;

    static final Duration RECENT = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final long[] nanos = new long[REMEMBERED];

    @GuardedBy("this")
    private final long[] endedAt = new long[REMEMBERED];

    @GuardedBy("this")
    private long count;

    /**
     * Nothing remembered.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    RecentForces(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Remembers a force that ended just now. */
    synchronized void record(long tookNanos) {
        int slot = (int) (count++ % REMEMBERED);
        nanos[slot] = tookNanos;
        endedAt[slot] = nanoTime.getAsLong();
    }

    /** The time within which 99 of 100 ended; zero if there were too few to tell. */
    Duration percentile99() {
        long[] sorted = recent();
        if (sorted.length < SIGNIFICANT) {
            return Duration.ZERO;
        }
        Arrays.sort(sorted);
        int rank = Math.ceilDiv(sorted.length * 99, 100);
        return Duration.ofNanos(sorted[rank - 1]);
    }

    private synchronized long[] recent() {
        long now = nanoTime.getAsLong();
        long[] found = new long[REMEMBERED];
        int size = 0;
        for (int slot = 0; slot < Math.min(count, REMEMBERED); slot++) {
            if (now - endedAt[slot] <= RECENT.toNanos()) {
                found[size++] = nanos[slot];
            }
        }
        return Arrays.copyOf(found, size);
    }
}
