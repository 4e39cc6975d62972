package io.entitydb.web.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has a request that works on for long give way to others now and then: a virtual thread keeps its
 * processor until it waits for something, and a client that takes all at once never lets it wait.
 * Used by one thread.
 *
 * <p><b>How long.</b> A worker of the pool goes on with the queue that it took its last task from
 * until that is empty. Many that come back at once keep one queue full, and whoever waits in
 * another one waits for seconds. So one that comes back late, because others were before it, rests
 * for twice as long the next time, and for half as long if it was not late: then the queue is empty
 * now and then, however many there are.
 */
public final class Turns {

    /** Longest that others wait for one turn; long beside what a change of turns costs. */
    private static final long TURN_NANOS = Duration.ofMillis(2).toNanos();

    /** Others have as long at least; less may be over before the wait begins. */
    private static final long LEAST_REST_NANOS = Duration.ofNanos(50_000).toNanos();

    /** With so many that each has one turn a second. */
    private static final long LONGEST_REST_NANOS = Duration.ofSeconds(1).toNanos();

    /** Never comes to zero: who waits for it merely waits. */
    private final CountDownLatch never = new CountDownLatch(1);

    private long begin = System.nanoTime();
    private long rest = LEAST_REST_NANOS;

    /** Gives way, if this turn was long enough. */
    public void giveNowAndThen() {
        long end = System.nanoTime();
        if (end - begin > TURN_NANOS) {
            giveWay();
            begin = System.nanoTime();
            boolean isLate = begin - end - rest > TURN_NANOS;
            rest =
                    isLate
                            ? Math.min(2 * rest, LONGEST_REST_NANOS)
                            : Math.max(rest / 2, LEAST_REST_NANOS);
        }
    }

    /** Yielding would not do: who yields is the next in the queue that its worker goes on with. */
    private void giveWay() {
        try {
            if (never.await(rest, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("never came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
