package io.entitydb.storage;

import io.entitydb.storage.error.StorageException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wish to put another data file in the place of the one that is open, handed to the thread that
 * opens stores. One at a time. Thread-safe.
 */
final class FileExchange {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Crew crew;
    private final AtomicReference<@Nullable Wish> wish = new AtomicReference<>();

    FileExchange(Crew crew) {
        this.crew = crew;
    }

    /**
     * What is to be done.
     *
     * @param store the store whose file is replaced
     * @param work replaces it, while nothing is written; if it throws, the old file has its place
     * @param done completed when a store is open again, or what the work threw
     */
    private record Wish(OpenStore store, Runnable work, CompletableFuture<Boolean> done) {}

    /**
     * Has a file replaced and waits for it.
     *
     * @param wake wakes the thread that opens stores
     * @throws StorageException what the work threw
     */
    void request(OpenStore store, Runnable work, Runnable wake) {
        Wish mine = new Wish(store, work, new CompletableFuture<>());
        if (!wish.compareAndSet(null, mine)) {
            throw new IllegalStateException("one exchange at a time");
        }
        try {
            wake.run();
            Waiting.forOutcome(crew, mine.done(), PATIENCE);
        } finally {
            wish.set(null);
        }
    }

    /** Whether somebody waits for the file of a store to be replaced. */
    boolean isWanted() {
        Wish wanted = wish.get();
        return wanted != null && !wanted.done().isDone();
    }

    /** Does the work, unless it was meant for another store; what came of it is told at the end. */
    @Nullable Throwable work(OpenStore store) {
        Wish wanted = wish.get();
        if (wanted == null) {
            return null;
        }
        try {
            if (wanted.store() != store) {
                throw new IllegalStateException("the store was opened again meanwhile");
            }
            wanted.work().run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Tells how it ended. */
    void end(@Nullable Throwable failure) {
        Wish wanted = wish.get();
        if (wanted == null) {
            return;
        }
        if (failure == null) {
            wanted.done().complete(true);
        } else {
            wanted.done().completeExceptionally(failure);
        }
    }

    /** Waits while a file is being replaced, so that what is begun is begun on the new one. */
    void await(Duration patience) {
        Wish wanted = wish.get();
        if (wanted == null || !wanted.store().isRetired()) {
            return;
        }
        try {
            crew.get(wanted.done(), patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Who begins on the old store is refused when committing.
        }
    }
}
