package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cures a poisoned store: opens it again in the same process, after a pause that grows from attempt
 * to attempt, and gives up after some. Reads are served by the poisoned store meanwhile, and for a
 * while by both.
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
    private final Deque<OpenStore> retired = new ArrayDeque<>();
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
    }

    /** Raised by a writer that is poisoned. */
    Signal poisoned() {
        return poisoned;
    }

    /** Starts to watch a store, unless it is never to be opened again. */
    void start(OpenStore first) {
        isStopping = false;
        attempts = 0;
        if (settings.options().reopenings() > 0) {
            thread = settings.crew().start("entitydb-reopen", () -> watch(first));
        }
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

    /** Closes the stores that were replaced. Called when nothing is watched, or by the watcher. */
    void closeRetired() {
        for (OpenStore store = retired.poll(); store != null; store = retired.poll()) {
            store.close();
        }
    }

    private void watch(OpenStore first) {
        OpenStore store = first;
        long cured = settings.crew().nanoTime();
        try {
            while (awaitPoison(store)) {
                if (settings.crew().nanoTime() - cured > CURED.toNanos()) {
                    attempts = 0;
                }
                OpenStore next = cure(store);
                if (next == null) {
                    return;
                }
                retired.add(store);
                store = next;
                cured = settings.crew().nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a store is poisoned; false when there is nothing to be watched any more. */
    private boolean awaitPoison(OpenStore store) throws InterruptedException {
        Duration patience = retired.isEmpty() ? Signal.FOREVER : GRACE;
        while (!poisoned.await(() -> isStopping || store.writer().isPoisoned(), patience)) {
            closeRetired();
            patience = Signal.FOREVER;
        }
        return !isStopping;
    }

    private @Nullable OpenStore cure(OpenStore store) throws InterruptedException {
        store.finish();
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
