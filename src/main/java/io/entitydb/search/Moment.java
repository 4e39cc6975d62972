package io.entitydb.search;

import io.entitydb.storage.Snapshot;

/**
 * What a query is asked of: a state of the store, and a view of the index that covers it. Whoever
 * asked for it closes it.
 *
 * @param origin the history to which the state belongs
 * @param snapshot the state
 * @param view the view
 */
record Moment(IndexOrigin origin, Snapshot snapshot, SearchView view) implements AutoCloseable {

    /** The transaction after which this is the state. */
    long sequence() {
        return snapshot.sequence();
    }

    @Override
    public void close() {
        view.close();
    }
}
