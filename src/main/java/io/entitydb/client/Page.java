package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A page of a list. All pages of a list show one snapshot.
 *
 * @param <T> what is listed
 * @param items the items, in order
 * @param next cursor of the next page; null on the last
 * @param snapshot newest transaction that the list reflects
 * @param total number of all items; only where it was asked for
 * @param facets by namespace, the most frequent values of the whole answer; only where they were
 *     asked for
 */
public record Page<T>(
        List<T> items,
        @Nullable String next,
        long snapshot,
        @Nullable Long total,
        Map<String, Facet> facets) {

    /** Copies the collections; what is left out is empty. */
    public Page {
        items = items == null ? List.of() : List.copyOf(items);
        facets = facets == null ? Map.of() : Map.copyOf(facets);
    }

    /**
     * The values of a namespace in an answer.
     *
     * @param distinct number of different values
     * @param values the most frequent of them
     */
    public record Facet(long distinct, List<TagCount> values) {}
}
