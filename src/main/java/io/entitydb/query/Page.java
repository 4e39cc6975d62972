package io.entitydb.query;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * Part of an answer. All pages of one answer show the same snapshot: they neither repeat nor skip.
 *
 * @param items the items, in the order of the query
 * @param next opaque cursor of the next page; null on the last
 * @param snapshot newest transaction that the answer reflects
 * @param total number of all hits, if it was asked for
 */
public record Page<T>(List<T> items, @Nullable String next, long snapshot, @Nullable Long total) {

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** The same part, with each item as something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), next, snapshot, total);
    }
}
