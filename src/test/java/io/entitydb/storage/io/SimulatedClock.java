package io.entitydb.storage.io;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when told, and by a fixed step at each look: two looks differ unless the
 * step is 0. Thread-safe.
 */
public final class SimulatedClock {

    /** 2026-01-01T00:00Z. */
    public static final long START_NANOS = 1_767_225_600_000_000_000L;

    private final AtomicLong nanos;
    private volatile long stepNanos = 1;

    /** A clock at {@link #START_NANOS} with a step of 1 ns. */
    public SimulatedClock() {
        this(START_NANOS);
    }

    /** A clock with a step of 1 ns. */
    public SimulatedClock(long startNanos) {
        this.nanos = new AtomicLong(startNanos);
    }

    /** The time, in nanoseconds since 1970-01-01T00:00Z; then the clock steps. */
    public long now() {
        return nanos.getAndAdd(stepNanos);
    }

    /** The time that the next look will tell; the clock does not step. */
    public long peek() {
        return nanos.get();
    }

    /** Moves the clock; a negative amount moves it back. */
    public void advance(long byNanos) {
        nanos.addAndGet(byNanos);
    }

    /** Sets what each look adds; 0 stops the clock, a negative step lets it run backwards. */
    public void step(long newStepNanos) {
        stepNanos = newStepNanos;
    }
}
