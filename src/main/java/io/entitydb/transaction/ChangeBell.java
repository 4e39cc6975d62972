package io.entitydb.transaction;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Wakes any number of waiting threads when it is rung, and counts how often. Thread-safe; threads
 * that are woken do not queue up behind one another, and ringing takes no lock of theirs.
 *
 * <p><b>Why no ring is missed.</b> Ringing counts first and replaces the future then. Who waits
 * takes the future first and looks at the count then. If the future is the one that the ring
 * completes, it ends the wait; if it is the next one, the count has grown already.
 */
final class ChangeBell {

    private volatile CompletableFuture<Void> next = new CompletableFuture<>();
    private volatile long rings;

    /** How often it was rung. */
    long rings() {
        return rings;
    }

    /** Wakes everybody who waits. What they look for was changed before. */
    void ring() {
        CompletableFuture<Void> rung;
        synchronized (this) {
            rings = rings + 1;
            rung = next;
            next = new CompletableFuture<>();
        }
        rung.complete(null);
    }

    /**
     * Waits until it was rung since a count was taken, at most so long; tells whether it was.
     *
     * @param count what {@link #rings} gave
     */
    boolean awaitAfter(long count, Duration patience) throws InterruptedException {
        CompletableFuture<Void> ring = next;
        if (rings == count && patience.isPositive()) {
            try {
                ring.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return rings != count;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a ring failed", e);
            }
        }
        return rings != count;
    }
}
