package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.FeedMonitor;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.springframework.context.SmartLifecycle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The clients that follow the changes at present: how many they may be, and when they have to end.
 * Thread-safe.
 */
@RequiredArgsConstructor
final class Feeds implements SmartLifecycle, FeedMonitor {

    /**
     * Stopped before the web server waits for its last requests, whose phase is {@code
     * Integer.MAX_VALUE - 1024}: a feed has no end of its own that could be waited for.
     */
    static final int PHASE = Integer.MAX_VALUE - 512;

    private final ChangeLog log;
    private final int limit;
    private final int limitOfOne;
    private final Map<String, Integer> ofPrincipals = new ConcurrentHashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final LongAdder told = new LongAdder();

    private volatile boolean isEnding;
    private volatile boolean isRunning;

    /** A client's place among the feeds; closing gives it back. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place among the feeds.
     *
     * @param principal who follows
     * @throws ProblemException if there is none, or if all feeds are ending
     */
    Seat enter(String principal) {
        if (isEnding) {
            throw new ProblemException(
                    ProblemType.SERVICE_UNAVAILABLE, "the service is stopping; come back later");
        }
        if (ofPrincipals.merge(principal, 1, Integer::sum) > limitOfOne) {
            leave(principal);
            throw new ProblemException(
                    ProblemType.TOO_MANY_FEEDS,
                    "this user follows the changes "
                            + limitOfOne
                            + " times already; read pages without waiting");
        }
        if (live.incrementAndGet() > limit) {
            live.decrementAndGet();
            leave(principal);
            throw new ProblemException(
                    ProblemType.TOO_MANY_FEEDS,
                    limit + " clients follow the changes already; read pages without waiting");
        }
        return () -> {
            live.decrementAndGet();
            leave(principal);
        };
    }

    private void leave(String principal) {
        ofPrincipals.computeIfPresent(principal, (name, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public int live() {
        return live.get();
    }

    /** Counts a change that a live feed told. */
    void countTold() {
        told.increment();
    }

    @Override
    public long told() {
        return told.sum();
    }

    /** Whether feeds have to end now. */
    boolean isEnding() {
        return isEnding;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public void start() {
        isEnding = false;
        isRunning = true;
    }

    /** Has all feeds end; does not wait for them, which the web server does. */
    @Override
    public void stop() {
        isEnding = true;
        isRunning = false;
        log.wake();
    }
}
