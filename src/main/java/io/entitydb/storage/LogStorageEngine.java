package io.entitydb.storage;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.RecoveredStore;
import io.entitydb.storage.recovery.Recovery;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** The engine: opens and closes the store and hands out what works on it. */
final class LogStorageEngine implements StorageEngine {

    private static final int MOST_BYTES_A_CHAR = 3;
    private static final int MAX_PRINCIPAL_BYTES = 255;

    private final EngineSettings settings;

    /** The state while no store is open; while one is open, it tells the state itself. */
    private volatile StoreState phase = new StoreState.Closed();

    private volatile @Nullable OpenStore open;
    private final Reopening reopening;
    private final ScrubControl scrub;
    private final Compaction compaction;
    private @Nullable DiskLock lock;
    private volatile @Nullable RecoveryReport report;

    LogStorageEngine(EngineSettings settings) {
        this.settings = settings;
        reopening = new Reopening(settings, this::reopen);
        scrub = new ScrubControl(settings);
        compaction = new Compaction(settings, reopening, this::require);
    }

    @Override
    public synchronized void open() {
        if (open != null) {
            throw new IllegalStateException("store is open");
        }
        phase = new StoreState.Opening();
        compaction.permit();
        try {
            lock = acquireLock();
            openLocked();
        } catch (RuntimeException | Error e) {
            phase = new StoreState.Failed(String.valueOf(e.getMessage()));
            releaseLock();
            throw e;
        }
    }

    private @Nullable DiskLock acquireLock() {
        Disk disk = settings.disk();
        if (settings.options().isReadOnly() && !disk.isWritable()) {
            return null;
        }
        if (!settings.options().isReadOnly()) {
            disk.createDirectory();
        }
        return disk.lock(StoreFiles.LOCK);
    }

    private void openLocked() {
        OpenStore store = recovered(Long.MIN_VALUE);
        store.start();
        store.erasing().finishPending();
        open = store;
        if (!store.isReadOnly()) {
            reopening.start(store);
        }
    }

    private OpenStore recovered(long answered) {
        long start = System.nanoTime();
        RecoveredStore parts =
                new Recovery(settings.disk(), settings.options().toRecovery())
                        .run((done, total) -> phase = new StoreState.Recovering(done, total));
        report = Reports.of(parts, System.nanoTime() - start);
        settings.observer().recovered(report);
        return new OpenStore(parts, settings, reopening.poisoned(), answered, scrub);
    }

    /**
     * Opens the store again beside the one whose writer is poisoned, which serves reads until then.
     *
     * @return the store that is open instead; null if writes are still refused
     */
    private @Nullable OpenStore reopen(OpenStore poisoned) {
        OpenStore next = recovered(poisoned.clock().answered());
        if (next.isUnsettled()) {
            next.close();
            return null;
        }
        next.start();
        next.erasing().finishPending();
        open = next;
        poisoned.published().close();
        return next;
    }

    @Override
    public synchronized void close() {
        compaction.cancel();
        reopening.stop();
        OpenStore store = open;
        if (store == null) {
            phase = new StoreState.Closed();
            return;
        }
        phase = new StoreState.Closing();
        open = null;
        try {
            store.finish();
        } finally {
            reopening.closeRetired();
            store.close();
            releaseLock();
            phase = new StoreState.Closed();
        }
    }

    @Override
    public StoreState state() {
        OpenStore store = open;
        return store == null ? phase : store.state();
    }

    @Override
    public EngineStatus status() {
        OpenStore store = open;
        return store == null ? Reports.closed(phase, report) : Reports.status(store, report);
    }

    @Override
    public long spaceLeft() {
        OpenStore store = open;
        return store == null ? Long.MAX_VALUE : store.spaceLeft();
    }

    @Override
    public Snapshot snapshot() {
        return require().snapshot();
    }

    @Override
    public Snapshot snapshotAt(long sequence) {
        OpenStore store = require();
        if (sequence >= 0 && sequence <= store.published().border().sequence()) {
            return new EngineSnapshot(store, sequence, Long.MAX_VALUE);
        }
        AfterGap gap = store.afterGap();
        if (sequence >= 0 && gap != null) {
            LostSequences lost = gap.lostWithin(sequence - 1, sequence);
            if (lost != null) {
                throw new CorruptDataException(StoreFiles.DATA, gap.position(), lost);
            }
            if (sequence <= gap.lastSequence()) {
                return GapSnapshot.atSequence(store, gap, sequence);
            }
        }
        throw new InvalidQueryException("asOf", "there is no transaction " + sequence);
    }

    @Override
    public Snapshot snapshotAt(Timestamp instant) {
        OpenStore store = require();
        store.clock().await(instant.epochNanos());
        AfterGap gap = store.afterGap();
        if (gap != null && instant.epochNanos() > store.published().border().commitTime()) {
            return GapSnapshot.atInstant(store, gap, instant.epochNanos());
        }
        return new EngineSnapshot(
                store, store.published().border().sequence(), instant.epochNanos());
    }

    @Override
    public boolean await(long sequence, Duration patience) throws InterruptedException {
        require().published().awaitSequence(sequence, patience);
        return require().published().border().sequence() >= sequence;
    }

    @Override
    public Transaction begin(String principal) {
        requirePrincipal(principal);
        reopening.awaitExchange();
        return new EngineTransaction(require(), principal);
    }

    @Override
    public ContentUpload upload(EntityKey key) {
        reopening.awaitExchange();
        return require().upload(key);
    }

    @Override
    public ErasedEntity erase(EntityKey key, String principal) {
        requirePrincipal(principal);
        try {
            return onCurrent(store -> store.erase(key, principal));
        } finally {
            reopening.closeRetired();
        }
    }

    private static void requirePrincipal(String principal) {
        boolean mayBeLong = principal.length() > MAX_PRINCIPAL_BYTES / MOST_BYTES_A_CHAR;
        if (principal.isEmpty()
                || (mayBeLong
                        && principal.getBytes(StandardCharsets.UTF_8).length
                                > MAX_PRINCIPAL_BYTES)) {
            throw new InvalidEntityException(
                    "/principal", "a principal has 1 to " + MAX_PRINCIPAL_BYTES + " bytes");
        }
    }

    @Override
    public LogFollower follow(long afterSequence) {
        return new EngineLogFollower(require(), afterSequence);
    }

    @Override
    public RetentionPlan plan(Retention retention, Progress progress) {
        return compaction.plan(retention, progress);
    }

    @Override
    public CompactionReport compact(RetentionPlan plan, Progress progress) {
        return compaction.run(plan, progress);
    }

    @Override
    public DurableLog log() {
        return new OpenLog(require());
    }

    @Override
    public LogPrefix prefix() {
        return onCurrent(Prefixes::of);
    }

    @Override
    public StoreCheck check(Progress progress) {
        return new WholeCheck(require()).run(progress);
    }

    @Override
    public void giveWayTo(Precedence precedence) {
        settings.precedence().set(precedence);
    }

    @Override
    public Scrub scrub() {
        return scrub;
    }

    @Override
    public void checkpoint() {
        onCurrent(
                store -> {
                    if (store.isReadOnly()) {
                        throw new StorageReadOnlyException(store.state().label());
                    }
                    store.checkpoint().request();
                    return store;
                });
    }

    /** Has the store that is open do something; if its file is replaced meanwhile, the next one. */
    private <T> T onCurrent(Function<OpenStore, T> work) {
        reopening.awaitExchange();
        OpenStore store = require();
        try {
            return work.apply(store);
        } catch (StorageClosedException e) {
            if (!store.isRetired()) {
                throw e;
            }
            reopening.awaitExchange();
            if (require() == store) {
                throw e;
            }
            return onCurrent(work);
        }
    }

    private OpenStore require() {
        OpenStore store = open;
        if (store == null) {
            throw new StorageClosedException(phase.label());
        }
        return store;
    }

    private void releaseLock() {
        DiskLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
