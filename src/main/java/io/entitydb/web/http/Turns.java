package io.entitydb.web.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has a request that works on for long give way to others now and then: a virtual thread keeps its
 * processor until it waits for something, and a client that takes all at once never lets it wait.
 * Used by one thread.
 */
public final class Turns {

    /** Longest that others wait for one turn; long beside what a change of turns costs. */
    private static final long TURN_NANOS = Duration.ofMillis(2).toNanos();

    /** As long as that others have; less may be over before the wait begins. */
    private static final long GIVEN_MICROS = 50;

    /** Never comes to zero: who waits for it merely waits. */
    private final CountDownLatch never = new CountDownLatch(1);

    private long begin = System.nanoTime();

    /** Gives way, if this turn was long enough. */
    public void giveNowAndThen() {
        if (System.nanoTime() - begin > TURN_NANOS) {
            giveWay();
            begin = System.nanoTime();
        }
    }

    /**
     * Yielding would not do: a worker of the pool goes on with the queue that it took the last task
     * from, in which who yields is the next.
     */
    private void giveWay() {
        try {
            if (never.await(GIVEN_MICROS, TimeUnit.MICROSECONDS)) {
                throw new IllegalStateException("never came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
