package io.entitydb.storage;

import io.entitydb.storage.error.StorageClosedException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits for the writer: transactions, whose number is bounded, and the engine's own errands,
 * which are few. Any thread adds; one thread takes, and ends it.
 *
 * <p><b>Why no task is forgotten.</b> The end is announced before the queue is emptied for the last
 * time; who adds looks at the announcement after the task is in. Both are volatile, so at least one
 * of them sees the other: the task is taken by the last emptying, or taken back.
 */
final class TaskQueue {

    private final BlockingQueue<WriterTask> tasks = new LinkedBlockingQueue<>();

    /** What was taken last; of the thread that takes. */
    private final List<WriterTask> taken = new ArrayList<>();

    private final AtomicInteger commits = new AtomicInteger();
    private final int capacity;
    private volatile boolean isEnded;

    /**
     * An empty queue.
     *
     * @param capacity most transactions that wait
     */
    TaskQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a task, which is taken once.
     *
     * @return false if it is a transaction and too many wait
     * @throws StorageClosedException if the queue has ended
     */
    boolean add(WriterTask task) {
        if (task instanceof CommitRequest && commits.incrementAndGet() > capacity) {
            commits.decrementAndGet();
            if (isEnded) {
                throw closed();
            }
            return false;
        }
        tasks.add(task);
        if (isEnded && tasks.remove(task)) {
            count(task);
            throw closed();
        }
        return true;
    }

    /** Ends a wait of the one that takes. */
    void wake() {
        tasks.add(new Errand<>(() -> true));
    }

    /** The first task; null if there is none in time. Belongs to what {@link #drain} takes. */
    @Nullable WriterTask poll(Crew crew, Duration patience) throws InterruptedException {
        return crew.poll(tasks, patience);
    }

    /** Takes a task that was polled, and all that wait. */
    void drain(WriterTask first, Collection<WriterTask> into) {
        count(first);
        into.add(first);
        drain(into);
    }

    /** Takes all that wait. */
    void drain(Collection<WriterTask> into) {
        tasks.drainTo(taken);
        taken.forEach(this::count);
        into.addAll(taken);
        taken.clear();
    }

    /** Takes what waits; there is nothing to take afterwards. */
    void end(Collection<WriterTask> into) {
        isEnded = true;
        drain(into);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Transactions that wait. */
    int commits() {
        return commits.get();
    }

    /** When the first task was handed over; 0 if none waits. */
    long oldestNanos() {
        WriterTask oldest = tasks.peek();
        return oldest == null ? 0 : oldest.enqueuedNanos();
    }

    private static StorageClosedException closed() {
        return new StorageClosedException("closing");
    }

    private void count(WriterTask taken) {
        if (taken instanceof CommitRequest) {
            commits.decrementAndGet();
        }
    }
}
