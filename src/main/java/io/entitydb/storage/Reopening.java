package io.entitydb.storage;

import io.entitydb.storage.error.StorageClosedException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Opens a store again in the same process, in the place of one that serves reads meanwhile; for a
 * while both do. So a poisoned store is cured, after a pause that grows from attempt to attempt and
 * giving up after some; and so another data file takes the place of the one that is open.
 *
 * <p>A failed force is never repeated. What was written before it is read back, and what is not
 * proven to be durable is written and forced anew, see {@link
 * io.entitydb.storage.recovery.Recovery}.
 */
final class Reopening {

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** A store that was poisoned again sooner than this was not cured. */
    private static final Duration CURED = Duration.ofMinutes(10);

    /** How long readers that have begun may go on in a store that was replaced. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final EngineSettings settings;
    private final Attempt attempt;
    private final Signal poisoned;
    private final Queue<OpenStore> retired = new ConcurrentLinkedQueue<>();
    private final FileExchange exchange;
    private Crew.@Nullable Member thread;
    private volatile boolean isStopping;

    /** Attempts since the store was last well. */
    private int attempts;

    /** Opens a store again. */
    @FunctionalInterface
    interface Attempt {

        /** The store that is open instead; null if it takes no writes either. */
        @Nullable OpenStore open(OpenStore poisoned);
    }

    Reopening(EngineSettings settings, Attempt attempt) {
        this.settings = settings;
        this.attempt = attempt;
        poisoned = settings.crew().signal();
        exchange = new FileExchange(settings.crew());
    }

    /** Raised by a writer that is poisoned. */
    Signal poisoned() {
        return poisoned;
    }

    /** Starts to watch a store. */
    void start(OpenStore first) {
        isStopping = false;
        attempts = 0;
        thread = settings.crew().start("entitydb-reopen", () -> watch(first));
    }

    /**
     * Ends the writing of a store, has its file replaced, and opens it again. What commits too late
     * for the old one is refused with a conflict; who begins to write meanwhile waits.
     *
     * @param work replaces the file; if it throws, the old one has its place
     * @throws io.entitydb.storage.error.StorageException what the work threw; the store goes on
     */
    void exchange(OpenStore store, Runnable work) {
        Crew.Member watcher = thread;
        if (watcher == null || !watcher.isAlive()) {
            throw new StorageClosedException("not going to be opened again");
        }
        exchange.request(store, work, poisoned::raise);
    }

    /** Waits while a file is being replaced, no longer than a commit may take. */
    void awaitExchange() {
        exchange.await(settings.options().commitTimeout());
    }

    /** Opens nothing any more; waits for an attempt that has begun. */
    void stop() {
        isStopping = true;
        poisoned.raise();
        Crew.Member started = thread;
        thread = null;
        if (started == null) {
            return;
        }
        try {
            started.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the stores that were replaced: whoever still reads in them is refused. */
    void closeRetired() {
        for (OpenStore store = retired.poll(); store != null; store = retired.poll()) {
            store.close();
        }
    }

    private void watch(OpenStore first) {
        OpenStore store = first;
        long cured = settings.crew().nanoTime();
        try {
            while (awaitNeed(store)) {
                if (settings.crew().nanoTime() - cured > CURED.toNanos()) {
                    attempts = 0;
                }
                OpenStore next = exchange.isWanted() ? exchanged(store) : cure(store);
                if (next == null) {
                    store.strand();
                    return;
                }
                retired.add(store);
                store = next;
                cured = settings.crew().nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.end(new StorageClosedException("closing"));
        }
    }

    /** Waits until a store must be opened again; false when nothing is to be watched any more. */
    private boolean awaitNeed(OpenStore store) throws InterruptedException {
        Duration patience = retired.isEmpty() ? Signal.FOREVER : GRACE;
        while (!poisoned.await(
                () -> isStopping || isToCure(store) || exchange.isWanted(), patience)) {
            closeRetired();
            patience = Signal.FOREVER;
        }
        return !isStopping;
    }

    private boolean isToCure(OpenStore store) {
        return settings.options().reopenings() > 0 && store.writer().isPoisoned();
    }

    /** Whatever becomes of the file, a store is opened again, unless the writer hangs. */
    private @Nullable OpenStore exchanged(OpenStore store) throws InterruptedException {
        OpenStore next;
        Throwable failure;
        if (!store.retire()) {
            next = null;
            failure = new StorageClosedException("waiting for a write or force that hangs");
        } else if (store.writer().isPoisoned()) {
            next = reopened(store);
            failure = new StorageClosedException("opened again after a failed write or force");
        } else {
            failure = exchange.work(store);
            next = tried(store);
            if (next == null) {
                next = reopened(store);
            }
        }
        exchange.end(failure);
        return next;
    }

    private @Nullable OpenStore cure(OpenStore store) throws InterruptedException {
        store.finish();
        return reopened(store);
    }

    private @Nullable OpenStore reopened(OpenStore store) throws InterruptedException {
        Duration delay = settings.options().reopenDelay();
        while (attempts < settings.options().reopenings()) {
            if (poisoned.await(() -> isStopping, delay)) {
                return null;
            }
            attempts++;
            OpenStore next = tried(store);
            settings.observer().reopened(next != null, attempts);
            if (next != null) {
                return next;
            }
            Duration twice = delay.multipliedBy(2);
            delay = twice.compareTo(LONGEST_DELAY) < 0 ? twice : LONGEST_DELAY;
        }
        return null;
    }

    private @Nullable OpenStore tried(OpenStore store) {
        try {
            return attempt.open(store);
        } catch (Throwable e) {
            // Whatever it was, the poisoned store goes on to serve reads.
            return null;
        }
    }
}
