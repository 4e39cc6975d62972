package io.entitydb.transaction;

import io.entitydb.storage.DurableLog;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Rings the bell whenever more of the log is durable, on a thread of its own.
 *
 * <p>The writer of the engine wakes whoever waits for it, one after the other, before it takes the
 * next batch. This thread is the only one of those who follow changes that it wakes, however many
 * they are.
 */
@Slf4j
@RequiredArgsConstructor
final class LogWatcher implements SmartLifecycle {

    /** Beside the follower of search: after the store is told to open, before it closes. */
    static final int PHASE = 0;

    /** Time between two looks at a store that is not open. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final StorageEngine engine;
    private final ChangeBell bell;

    private @Nullable Running running;

    /** The thread, and what tells it to end. */
    private record Running(Thread thread, CountDownLatch end) {}

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            CountDownLatch end = new CountDownLatch(1);
            Thread thread =
                    Thread.ofPlatform().name("entitydb-log-watcher").daemon().start(() -> run(end));
            running = new Running(thread, end);
        }
    }

    /** Ends the thread; waits for it, which takes no longer than a look at the store. */
    @Override
    public synchronized void stop() {
        if (running == null) {
            return;
        }
        running.end().countDown();
        try {
            running.thread().join(10 * POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    private void run(CountDownLatch end) {
        try {
            boolean isEnded = false;
            while (!isEnded) {
                try {
                    watch(engine.log(), end);
                } catch (StorageClosedException e) {
                    // Who waits has to notice it, too.
                    bell.ring();
                } catch (RuntimeException e) {
                    log.atError().setCause(e).log("the log is not watched; trying again");
                }
                isEnded = end.await(POLL.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rings first: what grew since the store was opened has been seen by nobody. */
    private void watch(DurableLog log, CountDownLatch end) throws InterruptedException {
        long seen = log.end();
        bell.ring();
        while (end.getCount() > 0) {
            log.awaitBeyond(seen, POLL);
            long reached = log.end();
            if (reached > seen) {
                seen = reached;
                bell.ring();
            }
        }
    }
}
