package io.entitydb.storage;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.log.Wal;

import java.time.Duration;

/**
 * Forces the log: at once with each batch, or some time after it was written. Used by the writer's
 * thread only.
 */
final class Forcing {

    private final Wal wal;
    private final Published published;
    private final StorageObserver observer;
    private final Crew crew;
    private final Durability durability;
    private boolean isOwed;
    private long owedSince;

    /** Of what was appended without a transaction. */
    private long owedBytes;

    Forcing(Wal wal, Published published, EngineSettings settings) {
        this.wal = wal;
        this.published = published;
        observer = settings.observer();
        crew = settings.crew();
        durability = settings.options().durability();
    }

    /** A batch was appended, and is not applied yet. */
    void appended() {
        if (isAtOnce()) {
            force();
        }
    }

    /** A batch was applied and made visible. */
    void applied() {
        if (isAtOnce()) {
            published.forced();
        } else {
            owe();
        }
    }

    private void owe() {
        if (!isOwed) {
            isOwed = true;
            owedSince = crew.nanoTime();
        }
    }

    /**
     * Frames were appended that nobody waits for.
     *
     * @param mostBytes how many of them may stay unforced, whatever the durability
     */
    void owed(long bytes, long mostBytes) {
        owe();
        owedBytes += bytes;
        if (owedBytes >= mostBytes) {
            forceOwed();
        }
    }

    /** Whether something is visible, or written, that is not durable yet. */
    boolean isOwed() {
        return isOwed;
    }

    /** How long the writer may wait for more before it has to force; not longer than asked for. */
    Duration patience(Duration wanted) {
        if (!isOwed || !(durability instanceof Durability.Interval(Duration every))) {
            return wanted;
        }
        Duration left = every.minusNanos(crew.nanoTime() - owedSince);
        return left.compareTo(wanted) < 0 ? left : wanted;
    }

    /** Forces what is owed for long enough. */
    void forceIfDue() {
        if (isOwed && !patience(Duration.ofNanos(1)).isPositive()) {
            forceOwed();
        }
    }

    /** Forces what is owed. Everything that is visible is durable then. */
    void forceOwed() {
        if (isOwed) {
            force();
            published.forced();
        }
    }

    /** Forces what was written, whatever the durability. */
    void forceNow() {
        force();
    }

    private boolean isAtOnce() {
        return durability instanceof Durability.Forced;
    }

    private void force() {
        long start = System.nanoTime();
        try {
            wal.force();
        } catch (StorageException e) {
            observer.forced(false, System.nanoTime() - start);
            throw e;
        }
        isOwed = false;
        owedBytes = 0;
        observer.forced(true, System.nanoTime() - start);
    }
}
