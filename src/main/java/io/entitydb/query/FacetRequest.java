package io.entitydb.query;

import io.entitydb.entity.InvalidQueryException;

import java.util.HashSet;
import java.util.List;

/**
 * Which facets of an answer are wanted.
 *
 * @param namespaces namespaces of tags, at most {@value #MAX_NAMESPACES}
 * @param limit most values of each, 1–{@value #MAX_VALUES}
 */
public record FacetRequest(List<String> namespaces, int limit) {

    /** Most namespaces. */
    public static final int MAX_NAMESPACES = 16;

    /** Most values of a namespace. */
    public static final int MAX_VALUES = 1000;

    /** Values of a namespace when nothing is said. */
    public static final int DEFAULT_VALUES = 20;

    /**
     * Refuses limits out of range, and namespaces that no tag has or that are named twice.
     *
     * @throws InvalidQueryException naming {@code facets} or {@code facetLimit}
     */
    public FacetRequest {
        namespaces = List.copyOf(namespaces);
        if (limit < 1 || limit > MAX_VALUES) {
            throw new InvalidQueryException("facetLimit", "a limit is 1 to " + MAX_VALUES);
        }
        if (namespaces.size() > MAX_NAMESPACES) {
            throw new InvalidQueryException(
                    "facets", "an answer has at most " + MAX_NAMESPACES + " facets");
        }
        if (new HashSet<>(namespaces).size() < namespaces.size()) {
            throw new InvalidQueryException("facets", "a namespace is named once");
        }
        namespaces.forEach(namespace -> QueryText.namespace("facets", namespace));
    }
}
