package io.entitydb.search;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;

import lombok.extern.slf4j.Slf4j;

import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the index at the end of the log, on a thread of its own.
 *
 * <p>The thread lives until {@link #stop}. It waits for a readable store, opens the index and
 * follows; when the store closes it begins again, and when anything else goes wrong it says so,
 * waits a little and begins again, with an empty index if this one was damaged. Nobody interrupts
 * it: an interrupt would close Lucene's files.
 */
@Slf4j
final class IndexFollower {

    /** Time between two looks at a store that cannot be read. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** Longest wait for the thread to end; past it the index is as old as its last commit. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);

    private final StorageEngine engine;
    private final IndexOpening opening;
    private final CurrentIndex current;
    private final Timing timing;
    private @Nullable Running running;
    private boolean isCondemned;

    /** The thread, and what tells it to end. */
    private record Running(Thread thread, CountDownLatch end) {}

    /**
     * How often something happens.
     *
     * @param commitInterval longest that the index on the disk lags behind
     * @param gatherTime longest that transactions gather while no query comes
     * @param retryDelay pause after a failure
     */
    record Timing(Duration commitInterval, Duration gatherTime, Duration retryDelay) {}

    IndexFollower(
            StorageEngine engine, DirectorySource source, CurrentIndex current, Timing timing) {
        this.engine = engine;
        this.opening = new IndexOpening(engine, source);
        this.current = current;
        this.timing = timing;
    }

    /** Starts the thread; does nothing if it runs. */
    synchronized void start() {
        if (running == null) {
            CountDownLatch end = new CountDownLatch(1);
            Thread thread =
                    Thread.ofPlatform()
                            .name("entitydb-search-follower")
                            .daemon()
                            .start(() -> run(end));
            running = new Running(thread, end);
        }
    }

    /**
     * Makes the index durable and ends the thread; does nothing if it does not run. An interrupt
     * ends only the waiting.
     */
    synchronized void stop() {
        if (running == null) {
            return;
        }
        running.end().countDown();
        try {
            if (!running.thread().join(STOP_WAIT)) {
                log.atWarn().log("search index is not closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    /** Whether the thread was started and not stopped. */
    synchronized boolean isRunning() {
        return running != null;
    }

    private void run(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                if (engine.state().isReadable()) {
                    follow(end);
                } else {
                    current.closed(new SearchState.Waiting());
                    pause(end, POLL);
                }
            } catch (StorageClosedException e) {
                current.closed(new SearchState.Waiting());
                pause(end, POLL);
            } catch (Throwable e) {
                current.closed(new SearchState.Failed(String.valueOf(e.getMessage())));
                isCondemned = isDamage(e);
                log.atError()
                        .addKeyValue("isRebuilt", isCondemned)
                        .setCause(e)
                        .log("search index failed");
                pause(end, timing.retryDelay());
            }
        }
        current.closed(new SearchState.Waiting());
    }

    private void follow(CountDownLatch end) throws IOException, InterruptedException {
        try (SearchIndex index = opening.open(isCondemned);
                SearchViews views = new SearchViews(index)) {
            isCondemned = false;
            new IndexSession(engine, index, views, current, timing)
                    .follow(() -> end.getCount() > 0);
        }
    }

    /**
     * Whether the index is to blame, and not the disk or the store. Lucene wraps what it met when
     * it closes itself, and bytes that make no sense to it end in exceptions of many kinds.
     */
    private static boolean isDamage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof CorruptIndexException)) {
            root = root.getCause();
        }
        return root instanceof CorruptIndexException
                || (root instanceof RuntimeException && !(root instanceof StorageException));
    }

    private static void pause(CountDownLatch end, Duration time) {
        try {
            if (end.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                log.atDebug().log("search index is told to close");
            }
        } catch (InterruptedException e) {
            log.atWarn().setCause(e).log("search index ignores an interrupt");
        }
    }
}
