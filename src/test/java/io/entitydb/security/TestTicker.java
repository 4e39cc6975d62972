package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Ticker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class TestTicker implements Ticker {

    /** Clocks of the system begin anywhere, also below zero. */
    private final AtomicLong nanos = new AtomicLong(-1_000_000_000L);

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long read() {
        return nanos.get();
    }
}
