package io.entitydb.search;

import io.entitydb.storage.Precedence;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Has commits wait for queries that wait for the index, which commits would hold up otherwise: many
 * clients that write leave one thread that follows them no processor. Of two moments, commits have
 * at least one. Used by the thread that writes.
 */
@RequiredArgsConstructor
final class QueryPrecedence implements Precedence {

    /** As long as that a query takes where nothing holds up the index. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final CurrentIndex current;

    /** Longest wait; zero for none. */
    private final Duration longest;

    /** Not to wait again before, in nanoseconds of {@link System#nanoTime}. */
    private long next = System.nanoTime();

    @Override
    public void await() {
        long start = System.nanoTime();
        SearchViews views = start - next < 0 ? null : followed();
        if (views == null) {
            return;
        }
        try {
            if (views.awaitQueries(PATIENCE, longest)) {
                long end = System.nanoTime();
                next = end + (end - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An index that has the whole log to catch up with is not helped by a moment. */
    private @Nullable SearchViews followed() {
        return longest.isZero() || !(current.state() instanceof SearchState.Ready)
                ? null
                : current.views().orElse(null);
    }
}
