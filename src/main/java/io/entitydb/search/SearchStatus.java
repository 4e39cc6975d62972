package io.entitydb.search;

/**
 * The figures of the index at one moment, for health and metrics.
 *
 * @param state the state of the index
 * @param indexedSequence last transaction in the index; 0 while it is not open
 * @param lag transactions that the store shows and the index lacks
 * @param documents versions in the index, present and past
 */
public record SearchStatus(SearchState state, long indexedSequence, long lag, long documents) {}
