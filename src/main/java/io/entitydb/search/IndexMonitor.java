package io.entitydb.search;

import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

/** Compares the index with the store. */
@RequiredArgsConstructor
final class IndexMonitor implements SearchMonitor {

    private final StorageEngine engine;
    private final CurrentIndex current;
    private final QueryTimes times;

    @Override
    public SearchStatus status() {
        SearchState state = current.state();
        return current.views()
                .map(views -> status(state, views))
                .orElseGet(() -> new SearchStatus(state, 0, visible(), 0));
    }

    @Override
    public Queries queries(QueryKind kind) {
        return times.figures(kind);
    }

    private SearchStatus status(SearchState state, SearchViews views) {
        long indexed = views.appliedSequence();
        long lag = Math.max(0, visible() - indexed);
        return new SearchStatus(state, indexed, lag, views.documents());
    }

    private long visible() {
        return engine.status().visibleSequence();
    }
}
