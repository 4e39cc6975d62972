package io.entitydb.storage;

import java.util.concurrent.CompletableFuture;

/** What waits for the writer. */
sealed interface WriterTask permits CommitRequest, Errand {

    /** When it was handed over, see {@link System#nanoTime}. */
    long enqueuedNanos();

    /** Completed by the writer, always. */
    CompletableFuture<?> outcome();
}
