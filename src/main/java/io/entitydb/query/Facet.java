package io.entitydb.query;

import java.util.List;

/**
 * How an answer is made up, by the tags of one namespace.
 *
 * @param namespace the namespace
 * @param distinct number of different values in the whole answer
 * @param values the most frequent of them, and for equal numbers those that come first by their
 *     bytes
 */
public record Facet(String namespace, long distinct, List<ValueCount> values) {

    /** Copies the values. */
    public Facet {
        values = List.copyOf(values);
    }
}
