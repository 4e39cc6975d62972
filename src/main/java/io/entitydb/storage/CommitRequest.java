package io.entitydb.storage;

import io.entitydb.storage.log.VersionDraft;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A transaction that waits to be committed.
 *
 * @param drafts the versions to write, at most one an entity
 * @param expectations what must still hold, for the entities written and the others relied on
 * @param erasures how many erasures had begun when the transaction did
 * @param enqueuedNanos when it was handed over
 * @param outcome its sequence, or why it was refused
 */
record CommitRequest(
        List<VersionDraft> drafts,
        List<Expectation> expectations,
        long erasures,
        long enqueuedNanos,
        CompletableFuture<Long> outcome)
        implements WriterTask {

    CommitRequest(List<VersionDraft> drafts, List<Expectation> expectations, long erasures) {
        this(
                List.copyOf(drafts),
                List.copyOf(expectations),
                erasures,
                System.nanoTime(),
                new CompletableFuture<>());
    }
}
