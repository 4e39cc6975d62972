package io.entitydb.search;

import io.entitydb.query.SearchUnavailableException;

import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The index that is open at present, if one is. Queries wait here for it, and for its views.
 * Thread-safe.
 */
final class CurrentIndex implements ViewSource {

    private record Open(IndexStamp stamp, SearchViews views) {}

    private final Duration queryWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Open open;
    private volatile SearchState state = new SearchState.Waiting();

    /**
     * No index yet.
     *
     * @param queryWait how long a query waits for a view
     */
    CurrentIndex(Duration queryWait) {
        this.queryWait = queryWait;
    }

    SearchState state() {
        return state;
    }

    /** The views of the open index; empty if none is open. */
    Optional<SearchViews> views() {
        return Optional.ofNullable(open).map(Open::views);
    }

    /** Shows an index to queries. */
    void opened(IndexStamp stamp, SearchViews views, SearchState next) {
        change(new Open(stamp, views), next);
    }

    /** Changes the state of the index that is shown. */
    void becomes(SearchState next) {
        change(open, next);
    }

    /** Shows no index, and why. */
    void closed(SearchState next) {
        change(null, next);
    }

    private void change(@Nullable Open nextOpen, SearchState nextState) {
        lock.lock();
        try {
            open = nextOpen;
            state = nextState;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SearchView at(IndexOrigin origin, UUID file, long sequence) {
        long deadline = System.nanoTime() + queryWait.toNanos();
        while (true) {
            Open present = open;
            if (present == null || !present.stamp.isOf(origin, file)) {
                present = await(origin, file, deadline);
            }
            Optional<SearchView> view = present.views.at(sequence, deadline);
            if (view.isPresent()) {
                return view.get();
            }
            forget(present);
        }
    }

    /** Its views were closed, so another index will follow. */
    private void forget(Open past) {
        lock.lock();
        try {
            if (past.equals(open)) {
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Open await(IndexOrigin origin, UUID file, long deadline) {
        lock.lock();
        try {
            Open present = open;
            while (present == null || !present.stamp.isOf(origin, file)) {
                if (state instanceof SearchState.Failed(String detail)) {
                    throw new SearchUnavailableException("search index failed: " + detail);
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SearchUnavailableException("search index is " + state.label());
                }
                changed.await(left, TimeUnit.NANOSECONDS);
                present = open;
            }
            return present;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchUnavailableException("interrupted while the index was opened", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void condemn(Exception cause) {
        Open present = open;
        if (present != null) {
            present.views.fail(new CorruptIndexException("not confirmed", "search", cause));
        }
    }
}
