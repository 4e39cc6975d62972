package io.entitydb.search;

/** Tells how the index is. */
public interface SearchMonitor {

    /** The figures of this moment; cheap to take. Thread-safe. */
    SearchStatus status();

    /** The queries of a kind that were answered since the service was started. */
    Queries queries(QueryKind kind);

    /**
     * Queries that were answered.
     *
     * @param count how many
     * @param nanos how long they took, all together
     */
    record Queries(long count, long nanos) {}
}
