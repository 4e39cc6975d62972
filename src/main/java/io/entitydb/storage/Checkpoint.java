package io.entitydb.storage;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.ReplayPoint;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.recovery.RecoveredStore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes images of the entity index and moves walOffset behind what they cover, in the background
 * once enough log was written, or on demand. Writers go on meanwhile.
 *
 * <p>The image is fuzzy: the border is taken before it is begun and the log is replayed from there,
 * so it does not matter which later entries it holds. The newest transaction that it may hold is
 * taken when it is complete, and is durable by then.
 */
final class Checkpoint {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final OpenStore store;
    private final RecoveredStore parts;
    private final StorageObserver observer;
    private final long everyBytes;
    private final Crew crew;
    private final Signal wanted;
    private final AtomicReference<@Nullable CompletableFuture<FrameChain>> request =
            new AtomicReference<>();
    private Crew.@Nullable Member thread;
    private volatile FrameChain covered;

    /** After a failure, how long the tail must be for the next try; the log covers everything. */
    private long retryAtBytes;

    private volatile boolean isStopping;

    Checkpoint(OpenStore store) {
        this.store = store;
        parts = store.parts();
        observer = store.settings().observer();
        everyBytes = store.settings().options().checkpointBytes();
        covered = parts.indexBorder();
        crew = store.settings().crew();
        wanted = crew.signal();
    }

    void start() {
        thread = crew.start("entitydb-checkpoint", this::loop);
    }

    /** Ends the background thread, after the checkpoint that it may be writing. */
    void stop() {
        isStopping = true;
        wanted.raise();
        Crew.Member started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Log that the last checkpoint does not cover, in bytes. */
    long tailBytes() {
        return parts.wal().tail().position() - covered.position();
    }

    /** The write-ahead log: what lies behind the header's walOffset, in bytes. */
    long walBytes() {
        return parts.wal().tail().position() - parts.headerSync().walOffset();
    }

    /** Log that starts the next checkpoint, in bytes. */
    long limitBytes() {
        return Math.max(everyBytes, parts.index().memoryBytes());
    }

    /**
     * Has a checkpoint written, unless nothing was written since the last one, and waits for it.
     *
     * @throws StorageException if it could not be written, or the store is closing
     */
    void request() {
        CompletableFuture<FrameChain> mine = new CompletableFuture<>();
        CompletableFuture<FrameChain> pending = request.compareAndExchange(null, mine);
        wanted.raise();
        if (isStopping) {
            mine.completeExceptionally(new StorageClosedException("closing"));
        }
        Waiting.forOutcome(crew, pending == null ? mine : pending, PATIENCE);
    }

    /** Writes a checkpoint, unless nothing was written since the last one. One call at a time. */
    void run() {
        long start = System.nanoTime();
        try {
            write();
            observer.checkpointed(true, System.nanoTime() - start);
        } catch (StorageException e) {
            observer.checkpointed(false, System.nanoTime() - start);
            throw e;
        }
    }

    private void write() {
        ReplayPoint begin = onWriter(this::begin);
        if (begin.border().position() == covered.position()) {
            return;
        }
        new ImageWriter(store.settings().disk())
                .write(
                        parts.index(),
                        parts.headerSync().current().identity().fileId(),
                        begin,
                        () -> {
                            FrameChain end = onWriter(store.writer()::forceOwed);
                            return new CoveredTransaction(end.sequence(), end.digest());
                        });
        onWriter(
                () ->
                        store.writer()
                                .publish(
                                        header ->
                                                header.toBuilder()
                                                        .walOffset(begin.border().position())
                                                        .checkpointSequence(
                                                                begin.border().sequence())
                                                        .build()));
        covered = begin.border();
    }

    /**
     * The header is published up to here first: where the replay begins, it must know the
     * dictionary. That is written once more, because nothing can be read without it.
     */
    private ReplayPoint begin() {
        if (tailBytes() > 0) {
            store.writer().copyDictionary();
        }
        store.writer().publishIfBehind();
        return new ReplayPoint(parts.wal().tail(), parts.headerSync().entityCount());
    }

    private <T> T onWriter(java.util.function.Supplier<T> work) {
        return store.writer().call(work, PATIENCE);
    }

    private void loop() {
        while (awaitDemand()) {
            CompletableFuture<FrameChain> asked = request.getAndSet(null);
            try {
                run();
                retryAtBytes = 0;
                answer(asked, null);
            } catch (Throwable e) {
                // The log holds everything: whatever it was, the next attempt may do better.
                retryAtBytes = tailBytes() + everyBytes / 8;
                answer(asked, e);
            }
        }
        answer(request.getAndSet(null), new StorageClosedException("closing"));
    }

    private void answer(
            @Nullable CompletableFuture<FrameChain> asked, @Nullable Throwable failure) {
        if (asked == null) {
            return;
        }
        if (failure == null) {
            asked.complete(covered);
        } else {
            asked.completeExceptionally(failure);
        }
    }

    /** Waits until a checkpoint is asked for or due; false when there will be none any more. */
    private boolean awaitDemand() {
        try {
            while (!isStopping && request.get() == null && !isDue()) {
                wanted.await(() -> isStopping || request.get() != null, POLL);
            }
            return !isStopping;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private boolean isDue() {
        return tailBytes() >= Math.max(limitBytes(), retryAtBytes);
    }
}
