package io.entitydb.web.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a request that works on for long give way to others now and then: a virtual thread keeps its
 * processor until it waits for something, and a client that takes all at once never lets it wait.
 * Used by one thread.
 */
public final class Turns {

    /** Longest that others wait for one turn; long beside what a change of turns costs. */
    private static final long TURN_NANOS = Duration.ofMillis(2).toNanos();

    private long begin = System.nanoTime();

    /** Gives way, if this turn was long enough. */
    public void giveNowAndThen() {
        if (System.nanoTime() - begin > TURN_NANOS) {
            // Yielding would not do: a worker of the pool goes on with the queue that it took the
            // last task from, in which who yields is the next.
            LockSupport.parkNanos(1);
            begin = System.nanoTime();
        }
    }
}
