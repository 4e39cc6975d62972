package io.entitydb.search;

import io.entitydb.storage.Precedence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has commits wait for queries that wait for the index, which commits would hold up otherwise: many
 * clients that write leave one thread that follows them no processor. Of two moments, commits have
 * at least one. Used by the thread that writes.
 */
final class QueryPrecedence implements Precedence {

    /** As long as that a query takes where nothing holds up the index. */
    private static final Duration PATIENCE = Duration.ofMillis(5);

    private final CurrentIndex current;
    private final Duration longest;
    private final LongSupplier nanos;

    /** Not to wait again before. */
    private long next;

    /**
     * Looks at the index that is open.
     *
     * @param longest longest wait; zero for none
     */
    QueryPrecedence(CurrentIndex current, Duration longest) {
        this(current, longest, System::nanoTime);
    }

    QueryPrecedence(CurrentIndex current, Duration longest, LongSupplier nanos) {
        this.current = current;
        this.longest = longest;
        this.nanos = nanos;
        next = nanos.getAsLong();
    }

    @Override
    public void await() {
        long start = nanos.getAsLong();
        SearchViews views = start - next < 0 ? null : followed();
        if (views == null) {
            return;
        }
        try {
            if (views.awaitQueries(PATIENCE, longest)) {
                long end = nanos.getAsLong();
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
