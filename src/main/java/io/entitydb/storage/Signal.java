package io.entitydb.storage;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Wakes those who wait for a condition when it may have become true. The state that the condition
 * reads is changed before {@link #raise} is called, and is volatile. Thread-safe.
 */
interface Signal {

    /** A wait without an end. */
    Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** Wakes all who wait. Costs next to nothing while nobody does. */
    void raise();

    /** Waits until the condition holds, at most so long; tells whether it holds. */
    boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException;

    /** Waits until the condition holds. An interrupt does not end the wait; its flag stays. */
    default void awaitUninterruptibly(BooleanSupplier condition) {
        boolean isInterrupted = false;
        boolean holds = false;
        while (!holds) {
            try {
                holds = await(condition, FOREVER);
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
