package io.entitydb.storage;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Something that only the writer's thread may do, between two batches.
 *
 * @param work what to do
 * @param enqueuedNanos when it was handed over
 * @param outcome what came of it
 */
record Errand<T>(Supplier<T> work, long enqueuedNanos, CompletableFuture<T> outcome)
        implements WriterTask {

    Errand(Supplier<T> work) {
        this(work, System.nanoTime(), new CompletableFuture<>());
    }

    void run() {
        outcome.complete(work.get());
    }
}
