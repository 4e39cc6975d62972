package io.entitydb.search;

import io.entitydb.entity.LogEntry;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageClosedException;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One opening of the index: adds what the log gives, shows it to queries and makes it durable from
 * time to time. Used by one thread.
 */
@Slf4j
final class IndexSession {

    /** Longest wait for the next transaction, so that the end of the session is noticed. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** How long transactions gather while no query waits for them. */
    private static final Duration REST = Duration.ofMillis(10);

    /**
     * After so long without a commit, nobody is expected to want the processor; and how often it is
     * looked then whether there is something to merge.
     */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /**
     * Bytes left on the device below which segments stay as they are: old ones stay for a while.
     */
    private static final long SPACE = 8 * IdleMergePolicy.MAX_BYTES;

    /** Time between two lines of progress. */
    private static final Duration REPORT = Duration.ofSeconds(10);

    private final StorageEngine engine;
    private final SearchIndex index;
    private final SearchViews views;
    private final CurrentIndex current;
    private final Pace pace;
    private final Stopwatch sinceCommit;
    private final Stopwatch sinceReport = new Stopwatch(REPORT);
    private final Stopwatch quiet = new Stopwatch(QUIET);
    private boolean isBeforeGap;

    /** Transaction up to which the index goes without a rest. */
    private long step;

    /** Begins over an open index and its views; the caller closes both afterwards. */
    IndexSession(
            StorageEngine engine,
            SearchIndex index,
            SearchViews views,
            CurrentIndex current,
            IndexFollower.Timing timing) {
        this.engine = engine;
        this.index = index;
        this.views = views;
        this.current = current;
        this.pace = new Pace(engine, views, timing.gatherTime());
        this.sinceCommit = new Stopwatch(timing.commitInterval());
    }

    /**
     * Follows the log.
     *
     * @param isWanted whether to go on
     * @throws StorageClosedException when the store closes
     * @throws IOException if the index cannot be gone on with
     */
    void follow(BooleanSupplier isWanted) throws IOException, InterruptedException {
        long target = engine.snapshot().sequence();
        step = target;
        LogFollower follower = engine.follow(index.stamp().sequence());
        current.opened(index.stamp(), views, new SearchState.CatchingUp(target));
        try {
            while (isWanted.getAsBoolean()) {
                requireSound();
                noteProgress(target);
                LogEntry entry = next(follower, isWanted);
                if (entry != null) {
                    index.apply(entry, engine.snapshot());
                    views.applied(entry.sequence());
                    quiet.restart();
                }
                boolean isIdle = entry == null;
                if (isIdle) {
                    rest();
                }
                if (sinceCommit.isDue() || (isIdle && index.isErasureOwed())) {
                    boolean isErasing = index.isErasureOwed();
                    index.commit();
                    if (isErasing) {
                        views.renew();
                    }
                }
            }
        } catch (StorageClosedException e) {
            if (follower.isContinued()) {
                index.moveTo(null);
            }
            index.commit();
            throw e;
        }
        index.commit();
    }

    /** There is nothing to do for others: what costs later queries something is done. */
    private void rest() throws IOException {
        views.idle();
        boolean isWorth =
                quiet.isDue()
                        && !index.isErasureOwed()
                        && engine.state() instanceof StoreState.Ready
                        && engine.spaceLeft() > SPACE;
        if (isWorth && index.mergeSmall()) {
            views.renew();
        }
    }

    /**
     * The next entry; null if there is none. Before a gap in the log the index stays as it is and
     * answers at that state: a follower waits there and then says so, each time it is asked.
     */
    private @Nullable LogEntry next(LogFollower follower, BooleanSupplier isWanted)
            throws InterruptedException {
        try {
            long indexed = index.stamp().sequence();
            if (indexed >= step) {
                step = pace.gather(indexed, follower, isWanted);
            }
            LogEntry present = follower.next(Duration.ZERO);
            if (present != null) {
                return present;
            }
            views.rest(REST);
            return follower.next(POLL);
        } catch (CorruptDataException e) {
            if (index.stamp().sequence() < engine.snapshot().sequence()) {
                throw e;
            }
            if (!isBeforeGap) {
                isBeforeGap = true;
                log.atWarn()
                        .addKeyValue("sequence", index.stamp().sequence())
                        .setCause(e)
                        .log("search index ends before a gap in the log");
            }
            return null;
        }
    }

    private void requireSound() throws IOException {
        @Nullable Throwable failure = views.failure();
        if (failure != null) {
            throw new IOException("search index cannot be read", failure);
        }
    }

    private void noteProgress(long target) {
        if (!(current.state() instanceof SearchState.CatchingUp)) {
            return;
        }
        long sequence = index.stamp().sequence();
        if (sequence >= target) {
            current.becomes(new SearchState.Ready());
            log.atInfo()
                    .addKeyValue("sequence", sequence)
                    .addKeyValue("documents", index.documents())
                    .log("search index is ready");
        } else if (sinceReport.isDue()) {
            log.atInfo()
                    .addKeyValue("sequence", sequence)
                    .addKeyValue("target", target)
                    .log("search index catches up");
        }
    }

    /** Tells when an interval has passed; not thread-safe. */
    private static final class Stopwatch {

        private final long intervalNanos;
        private long startNanos = System.nanoTime();

        private Stopwatch(Duration interval) {
            intervalNanos = interval.toNanos();
        }

        /** Begins the interval anew. */
        private void restart() {
            startNanos = System.nanoTime();
        }

        /** Whether the interval has passed since the last time that this was true. */
        private boolean isDue() {
            long now = System.nanoTime();
            boolean isDue = now - startNanos >= intervalNanos;
            if (isDue) {
                startNanos = now;
            }
            return isDue;
        }
    }
}
