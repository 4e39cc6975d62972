package io.entitydb.search;

/** Tells how the index is. */
@FunctionalInterface
public interface SearchMonitor {

    /** The figures of this moment; cheap to take. Thread-safe. */
    SearchStatus status();
}
