package io.entitydb.storage;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The one thread that writes: every write and every force on the data file is its task.
 *
 * <p>Takes all waiting transactions, commits them as one batch, and begins again. When nothing
 * waits for a while it brings the header up to date. Whatever goes wrong with a write or a force
 * poisons it: everybody who waits is told that the outcome is unknown, and nothing is written any
 * more. It is a platform thread that nobody else knows, so nobody interrupts it.
 */
final class Writer {

    private final TaskQueue queue;
    private final Deque<WriterTask> drained = new ArrayDeque<>();
    private final List<CommitRequest> requests = new ArrayList<>();
    private final GroupCommit groupCommit;
    private final Space space;
    private final Forcing forcing;
    private final CommitClock clock;
    private final Signal poisoned;
    private final Wal wal;
    private final HeaderSync headerSync;
    private final StorageOptions options;
    private final StorageObserver observer;
    private final Crew crew;
    private final AtomicReference<Precedence> precedence;
    private volatile Crew.@Nullable Member thread;

    /** Touched by the thread that writes only. */
    private boolean isClosing;

    private volatile boolean isStopping;

    private volatile @Nullable Throwable poison;
    private volatile long oldestPending;

    /**
     * The writer of a store.
     *
     * @param poisoned raised when a write or force fails
     */
    Writer(RecoveredStore store, Visibility visibility, EngineSettings settings, Signal poisoned) {
        this.poisoned = poisoned;
        clock = visibility.clock();
        wal = store.wal();
        headerSync = store.headerSync();
        options = settings.options();
        observer = settings.observer();
        crew = settings.crew();
        precedence = settings.precedence();
        queue = new TaskQueue(options.queueCapacity());
        space = new Space(store, settings);
        forcing = new Forcing(wal, visibility.published(), settings);
        groupCommit = new GroupCommit(store, space, forcing, visibility, settings);
    }

    void start() {
        thread = crew.start("entitydb-writer", this::run);
    }

    /**
     * Hands a transaction over and waits for its outcome.
     *
     * @return its sequence
     */
    long commit(CommitRequest request) {
        submit(request);
        return Waiting.forOutcome(crew, request.outcome(), options.commitTimeout());
    }

    /**
     * Has something done between two batches and waits for it.
     *
     * @throws StorageException if the writer is stopped or poisoned
     */
    <T> T call(Supplier<T> work, Duration timeout) {
        Errand<T> errand = new Errand<>(work);
        submit(errand);
        return Waiting.forOutcome(crew, errand.outcome(), timeout);
    }

    /** Publishes the header as of the last batch, with a change of its own. */
    Header publish(UnaryOperator<Header> change) {
        forcing.forceOwed();
        FrameChain tail = wal.tail();
        FrameHeader dictionary = groupCommit.dictionaryFrame();
        return headerSync.update(
                before -> {
                    Header.HeaderBuilder next =
                            before.toBuilder()
                                    .dataSize(tail.position() - Header.DATA_OFFSET)
                                    .walSequence(tail.sequence())
                                    .lastModified(tail.commitTime())
                                    .lastDigest(tail.digest())
                                    .entityCount(headerSync.entityCount());
                    if (dictionary != null) {
                        next.tagDictOffset(dictionary.position());
                        next.tagDictSize(dictionary.length());
                    }
                    return change.apply(next.build());
                });
    }

    /**
     * Commits the transactions that wait and refuses those that come later; errands are still done.
     * A checkpoint after it covers all that was ever acknowledged.
     *
     * @throws StorageException if the writer is stopped or poisoned
     */
    void closeToCommits(Duration timeout) {
        call(() -> isClosing = true, timeout);
    }

    /** Takes no more tasks, finishes those that wait, brings the header up to date, and ends. */
    void stop(Duration timeout) {
        isStopping = true;
        queue.wake();
        Crew.Member started = thread;
        if (started == null) {
            return;
        }
        try {
            started.join(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        Crew.Member started = thread;
        return started != null && started.isAlive();
    }

    boolean isPoisoned() {
        return poison != null;
    }

    boolean isFull() {
        return space.isFull();
    }

    int queued() {
        return queue.commits();
    }

    /** Age of the oldest task that is not answered; 0 if there is none. */
    long oldestPendingNanos() {
        long since = oldestPending;
        if (since == 0) {
            since = queue.oldestNanos();
        }
        return since == 0 ? 0 : Math.max(0, System.nanoTime() - since);
    }

    /**
     * Refuses at once what needs space.
     *
     * @throws StorageFullException while there is none
     */
    void requireSpace() {
        if (space.isFull()) {
            throw full();
        }
    }

    private StorageFullException full() {
        return new StorageFullException(options.growthBytes(), wal.freeBytes());
    }

    /** Whether what comes is refused because the store closes. Asked by the writer's thread. */
    boolean isClosing() {
        return isClosing;
    }

    Space space() {
        return space;
    }

    Forcing forcing() {
        return forcing;
    }

    private void submit(WriterTask task) {
        refuseIfStopped();
        if (task instanceof CommitRequest && space.isFull()) {
            observer.commitAnswered(StorageObserver.CommitResult.REFUSED, 0);
            throw full();
        }
        if (!queue.add(task)) {
            observer.commitAnswered(StorageObserver.CommitResult.REFUSED, 0);
            throw new StorageBusyException(options.queueCapacity());
        }
    }

    /** Refuses what could not be written. */
    void refuseIfStopped() {
        if (poison != null) {
            throw new StorageReadOnlyException(StoreState.Reason.FORCE_FAILED.label());
        }
        if (isStopping) {
            throw new StorageClosedException("closing");
        }
    }

    private void run() {
        try {
            while (!(isStopping && queue.isEmpty())) {
                turn();
            }
            publishClosed();
        } catch (Throwable e) {
            poison = e;
            serveAsPoisoned(e);
        }
        queue.end(drained);
        fail(drained, () -> new StorageClosedException("closing"));
    }

    private void turn() throws InterruptedException {
        Duration patience = forcing.patience(options.idlePublish());
        WriterTask first = queue.poll(crew, patience);
        forcing.forceIfDue();
        if (first == null) {
            if (patience.equals(options.idlePublish())) {
                idle();
            }
            return;
        }
        oldestPending = first.enqueuedNanos();
        queue.drain(first, drained);
        if (first instanceof CommitRequest && !forcing.isOwed()) {
            // Who follows the log waits for what is owed: nobody may be waited for meanwhile.
            precedence.get().await();
            queue.drain(drained);
        }
        while (!drained.isEmpty()) {
            step();
            forcing.forceIfDue();
        }
        oldestPending = 0;
    }

    /** One errand, or one batch of the transactions up to the next errand. */
    private void step() {
        if (drained.getFirst() instanceof Errand<?> errand) {
            errand.run();
            drained.removeFirst();
            return;
        }
        requests.clear();
        for (WriterTask task : drained) {
            if (!(task instanceof CommitRequest request)) {
                break;
            }
            requests.add(request);
        }
        int taken = isClosing ? refuse(requests) : groupCommit.commit(requests);
        requests.clear();
        for (int i = 0; i < taken; i++) {
            drained.removeFirst();
        }
    }

    /** Those that were handed over before the store began to close, and come after it has. */
    private int refuse(List<CommitRequest> requests) {
        for (CommitRequest request : requests) {
            request.outcome().completeExceptionally(new StorageClosedException("closing"));
            observer.commitAnswered(
                    StorageObserver.CommitResult.REFUSED,
                    System.nanoTime() - request.enqueuedNanos());
        }
        return requests.size();
    }

    /** An idle header also witnesses the last batch: without it damage there looks like a tear. */
    private void idle() {
        space.claimZeroed();
        publishIfBehind();
        if (space.isFull()) {
            space.probe();
        }
    }

    /** Brings the header up to date. */
    void publishIfBehind() {
        if (wal.tail().position() != headerSync.current().dataEnd()) {
            publish(header -> header);
        }
    }

    /** Appends one more copy of the dictionary, if there is space for it. */
    void copyDictionary() {
        groupCommit.copyDictionary();
    }

    /** Makes everything durable that is visible; the border after it. */
    FrameChain forceOwed() {
        forcing.forceOwed();
        return wal.tail();
    }

    /** The last header: it also tells that nothing is missing. */
    private void publishClosed() {
        space.claimZeroed();
        if (headerSync.current().isInterval()) {
            publish(header -> header.withInterval(false));
        } else {
            publishIfBehind();
        }
    }

    /** Answers everybody, until the store is closed. */
    private void serveAsPoisoned(Throwable cause) {
        clock.poisoned();
        poisoned.raise();
        Supplier<StorageException> unknown =
                () ->
                        new OutcomeUnknownException(
                                "the write or force that carried it failed", cause);
        fail(drained, unknown);
        while (!isStopping) {
            try {
                WriterTask task = queue.poll(crew, options.idlePublish());
                if (task != null) {
                    queue.drain(task, drained);
                    fail(drained, unknown);
                }
            } catch (InterruptedException e) {
                break;
            }
        }
    }

    private void fail(Deque<WriterTask> tasks, Supplier<StorageException> reason) {
        for (WriterTask task : tasks) {
            boolean isFirst = task.outcome().completeExceptionally(reason.get());
            if (isFirst && task instanceof CommitRequest request) {
                observer.commitAnswered(
                        StorageObserver.CommitResult.UNKNOWN,
                        System.nanoTime() - request.enqueuedNanos());
            }
        }
        tasks.clear();
        oldestPending = 0;
    }
}
