package io.entitydb.search;

/** What the index is asked for. */
public enum QueryKind {
    /** Entities in an order, page by page. */
    ENTITIES,
    /** Namespaces or their values, with counts. */
    TAGS,
    /** Counts beside an answer. */
    FACETS
}
