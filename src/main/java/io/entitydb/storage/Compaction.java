package io.entitydb.storage;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.repair.LiveCopy;
import io.entitydb.storage.repair.Progress;
import io.entitydb.storage.repair.Retiring;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Makes the data file anew while the store goes on, on the thread of the caller: copies what is
 * durable, round by round, until little is left; then the rest while nothing is written, and the
 * new file takes the place of the old one. One at a time. Thread-safe.
 */
final class Compaction {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Rounds end when less than this is left, or when writers are faster than the copy. */
    private static final long LITTLE_BYTES = 1 << 20;

    private static final int MOST_ROUNDS = 20;

    private final EngineSettings settings;
    private final Reopening reopening;
    private final Supplier<OpenStore> open;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean isCancelled;

    Compaction(EngineSettings settings, Reopening reopening, Supplier<OpenStore> open) {
        this.settings = settings;
        this.reopening = reopening;
        this.open = open;
    }

    /** Finds out which versions of the store that is open go by the rules. */
    RetentionPlan plan(Retention retention, Progress progress) {
        return new RetentionScan(open.get(), retention).run(guarded(progress));
    }

    private Progress guarded(Progress progress) {
        return (activity, done, total) -> {
            requirePermitted();
            progress.at(activity, done, total);
        };
    }

    /** Compacts the store that is open, after the compaction that is running. */
    CompactionReport run(RetentionPlan plan, Progress progress) {
        running.lock();
        try {
            requirePermitted();
            OpenStore store = open.get();
            if (!(store.state() instanceof StoreState.Ready)) {
                throw new StorageReadOnlyException(store.state().label());
            }
            return compacted(store, plan, guarded(progress));
        } finally {
            running.unlock();
        }
    }

    /**
     * Ends the one that is running, and waits until it has. None is begun until it is permitted.
     */
    @SuppressWarnings("LockNotBeforeTry") // Nothing is done under it.
    void cancel() {
        isCancelled = true;
        running.lock();
        running.unlock();
    }

    void permit() {
        isCancelled = false;
    }

    private CompactionReport compacted(OpenStore store, RetentionPlan plan, Progress progress) {
        Retiring retiring =
                plan.parts().isEmpty()
                        ? Retiring.NONE
                        : new RetentionCheck(
                                plan.retention(), store, plan.snapshot(), plan.at().epochNanos());
        LiveCopy.Terms terms =
                new LiveCopy.Terms(
                        settings.options().growthBytes(),
                        retiring,
                        () -> store.writer().call(() -> true, PATIENCE));
        try (LiveCopy copy =
                new LiveCopy(settings.disk(), store.parts().headerSync().current(), terms)) {
            for (int round = 0; round < MOST_ROUNDS && left(copy, store) > LITTLE_BYTES; round++) {
                copy.copyTo(durable(store), progress);
            }
            copy.verify();
            requirePermitted();
            long oldBytes = durable(store).position();
            long start = settings.crew().nanoTime();
            reopening.exchange(
                    store,
                    () -> {
                        copy.copyTo(durable(store), (activity, done, total) -> {});
                        copy.complete();
                        copy.replace();
                        if (copy.retired() == 0) {
                            store.continued();
                        }
                    });
            return new CompactionReport(
                    oldBytes,
                    copy.newBytes(),
                    copy.retired(),
                    Duration.ofNanos(settings.crew().nanoTime() - start));
        }
    }

    private static FrameChain durable(OpenStore store) {
        return store.published().durable();
    }

    private static long left(LiveCopy copy, OpenStore store) {
        return durable(store).position() - copy.position();
    }

    private void requirePermitted() {
        if (isCancelled) {
            throw new StorageClosedException("closing");
        }
    }
}
