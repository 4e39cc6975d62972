package io.entitydb.search;

import io.entitydb.query.SearchUnavailableException;

import org.apache.lucene.index.DirectoryReader;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The views of an open index.
 *
 * <p>A view is made when a query wants a transaction that the current view does not cover, never
 * without need. A thread of its own makes it: queries that come meanwhile share the next one, and
 * an interrupted request cannot close Lucene's files. Each round serves what was wanted when it
 * began, so a steady stream of writes holds up nobody. Thread-safe.
 */
final class SearchViews implements Closeable {

    /** So long ago that nobody expects another query. */
    private static final long NEVER_NANOS = Duration.ofDays(1).toNanos();

    /** Instead of a time: no query waits. */
    private static final long NOBODY = Long.MIN_VALUE;

    /** Queries that come closer together than this are noted as one: each note disturbs others. */
    private static final long NOTE_NANOS = Duration.ofMillis(1).toNanos();

    /** So many documents are written in some ten milliseconds. */
    static final int SEGMENT_DOCUMENTS = 2000;

    private final SearchIndex index;
    private final Thread refresher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition published = lock.newCondition();
    private final Condition demanded = lock.newCondition();

    /** Newest view; replaced under the lock. */
    private volatile SearchView current;

    private volatile @Nullable Throwable failure;

    /** When a query came last, in nanoseconds of {@link System#nanoTime}. */
    private volatile long asked;

    /** Since when a query waits for a view, in nanoseconds of {@link System#nanoTime}. */
    private volatile long waitingSince = NOBODY;

    /** Queries that wait for a view. */
    private int waiting;

    private long applied;
    private long wanted;

    /** What the next view is to cover; 0 while nobody waits for one. */
    private long target;

    /** Whether who follows the log has nothing to do. */
    private boolean isIdle;

    private boolean isClosed;

    /** Whether the current view is to be replaced, whoever wants more. */
    private boolean isStale;

    /** Views of an index, with a first one of what it holds. */
    SearchViews(SearchIndex index) throws IOException {
        this.index = index;
        this.applied = index.stamp().sequence();
        this.asked = System.nanoTime() - NEVER_NANOS;
        this.current = new SearchView(index.reader(), applied);
        this.refresher =
                Thread.ofPlatform()
                        .name("entitydb-search-refresher")
                        .daemon()
                        .start(this::refreshOnDemand);
    }

    /** Tells that everything up to a transaction is in the index. */
    void applied(long sequence) {
        lock.lock();
        try {
            applied = sequence;
            isIdle = false;
            // Waking the thread for each transaction would cost more than the transactions.
            if (isTargetReached() || isSegmentDue()) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits while nobody wants more than what is applied. Who follows the log rests so between
     * transactions: many at once cost less than each of them alone, and a writer need not share the
     * processor with it for each.
     */
    void rest(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (isRunning() && wanted <= applied && left > 0) {
                left = demanded.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no query waits for longer than it is to be expected of it.
     *
     * @param patience what is to be expected of it
     * @param longest how long to wait at most
     * @return whether it waited
     */
    boolean awaitQueries(Duration patience, Duration longest) throws InterruptedException {
        if (!isLate(patience)) {
            return false;
        }
        lock.lock();
        try {
            long left = longest.toNanos();
            while (isRunning() && isLate(patience) && left > 0) {
                left = published.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isLate(Duration patience) {
        long since = waitingSince;
        return since != NOBODY && System.nanoTime() - since > patience.toNanos();
    }

    /** Whether a query has come lately. */
    boolean isWatched(Duration lately) {
        return System.nanoTime() - asked < lately.toNanos();
    }

    private void noteQuery() {
        long now = System.nanoTime();
        if (now - asked > NOTE_NANOS) {
            asked = now;
        }
    }

    /** Tells that there is nothing to be applied. */
    void idle() {
        lock.lock();
        try {
            isIdle = true;
            if (isSegmentDue()) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the current view replaced, because what it shows was erased. */
    void renew() {
        lock.lock();
        try {
            isStale = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Versions in the index, present and past. */
    long documents() {
        return index.documents();
    }

    /**
     * A view of everything up to a transaction, acquired; empty if the views were closed.
     *
     * @param deadline until when to wait for it, in nanoseconds of {@link System#nanoTime}
     * @throws SearchUnavailableException if there is none in time
     */
    Optional<SearchView> at(long sequence, long deadline) {
        noteQuery();
        SearchView view = current;
        if (view.covers(sequence) && view.acquire()) {
            return Optional.of(view);
        }
        lock.lock();
        try {
            wanted = Math.max(wanted, sequence);
            if (waiting++ == 0 || waitingSince == NOBODY) {
                waitingSince = current.covers(sequence) ? NOBODY : System.nanoTime();
            }
            work.signal();
            demanded.signal();
            while (isRunning() && !current.covers(sequence)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw behind(sequence);
                }
                published.await(left, TimeUnit.NANOSECONDS);
            }
            return acquired();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchUnavailableException("interrupted while the index caught up", e);
        } finally {
            if (--waiting == 0) {
                waitingSince = NOBODY;
                published.signalAll();
            }
            lock.unlock();
        }
    }

    private Optional<SearchView> acquired() {
        if (failure != null) {
            throw new SearchUnavailableException("search index has failed", failure);
        }
        return !isClosed && current.acquire() ? Optional.of(current) : Optional.empty();
    }

    private SearchUnavailableException behind(long sequence) {
        return new SearchUnavailableException(
                "search index is at transaction " + applied + ", wanted is " + sequence);
    }

    /** What ended the views, if something did. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** Ends the views: waiting queries are refused. The first cause stays. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            published.signalAll();
            demanded.signal();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void refreshOnDemand() {
        try {
            for (Work next = awaitWork(); next != Work.END; next = awaitWork()) {
                if (next == Work.VIEW) {
                    refresh();
                } else {
                    index.writeSegment();
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** What the thread is to do. */
    private enum Work {
        VIEW,
        SEGMENT,
        END
    }

    /** Waits until the view is stale, or somebody wants what is applied but not in it. */
    private Work awaitWork() {
        lock.lock();
        try {
            while (isRunning()) {
                if (target == 0 && !current.covers(wanted)) {
                    target = wanted;
                }
                if (isStale || isTargetReached()) {
                    isStale = false;
                    target = 0;
                    return Work.VIEW;
                }
                if (isSegmentDue()) {
                    return Work.SEGMENT;
                }
                work.awaitUninterruptibly();
            }
            return Work.END;
        } finally {
            lock.unlock();
        }
    }

    private boolean isTargetReached() {
        return target > 0 && applied >= target;
    }

    /**
     * Whether so many documents are in memory that a query would wait for them to be written, and
     * one waits, is expected, or there is nothing else to do. Others can be added meanwhile, which
     * a view does not allow.
     */
    private boolean isSegmentDue() {
        return index.documentsInMemory() >= SEGMENT_DOCUMENTS
                && (target > 0 || isIdle || isWatched(Pace.WATCHED));
    }

    private boolean isRunning() {
        return !isClosed && failure == null;
    }

    private void refresh() throws IOException {
        long covered = appliedSequence();
        SearchView old = current;
        Optional<DirectoryReader> newer = index.newerThan(old.reader());
        SearchView view = new SearchView(newer.orElse(old.reader()), covered);
        lock.lock();
        try {
            current = view;
            waitingSince = waiting == 0 || view.covers(wanted) ? NOBODY : System.nanoTime();
            published.signalAll();
        } finally {
            lock.unlock();
        }
        if (newer.isPresent()) {
            old.close();
        }
    }

    /** Last transaction in the index, in a view or not. */
    long appliedSequence() {
        lock.lock();
        try {
            return applied;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses waiting queries, ends the thread and gives up the current view. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            published.signalAll();
            work.signal();
        } finally {
            lock.unlock();
        }
        awaitEnd();
        current.close();
    }

    /** The reader must not be taken from under the thread, whatever interrupts this one. */
    private void awaitEnd() {
        boolean isInterrupted = false;
        while (refresher.isAlive()) {
            try {
                refresher.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
