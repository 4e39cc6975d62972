package io.entitydb.storage.config;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.storage.DurableLog;
import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.ErasedEntity;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.Scrub;
import io.entitydb.storage.ScrubStatus;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine without a store: it tells the status that a test gives it, runs a test's code as its
 * opening and closing, and remembers their order. To readers and writers it is closed.
 */
public final class StandInEngine implements StorageEngine {

    private final List<String> events = new CopyOnWriteArrayList<>();

    private volatile EngineStatus status;
    private volatile ScrubStatus scrub = ScrubStatus.OFF;
    private volatile long spaceLeft = Long.MAX_VALUE;
    private volatile Runnable opening = () -> {};
    private volatile Runnable closing = () -> {};

    /** An engine that tells this status. */
    public StandInEngine(EngineStatus status) {
        this.status = status;
    }

    /** What it tells from here on. */
    public void tell(EngineStatus next) {
        status = next;
    }

    /** What it has space for from here on. */
    public void tellSpaceLeft(long bytes) {
        spaceLeft = bytes;
    }

    @Override
    public long spaceLeft() {
        return spaceLeft;
    }

    /** How far its check of data at rest is from here on. */
    public void tellScrub(ScrubStatus next) {
        scrub = next;
    }

    /** What opening does. */
    public void whenOpened(Runnable action) {
        opening = action;
    }

    /** What closing does. */
    public void whenClosed(Runnable action) {
        closing = action;
    }

    /** What was done with it, and what tests added. */
    public List<String> events() {
        return events;
    }

    @Override
    public void open() {
        events.add("opening");
        opening.run();
        events.add("opened");
    }

    @Override
    public void close() {
        events.add("closing");
        closing.run();
        events.add("closed");
    }

    @Override
    public Scrub scrub() {
        return new Scrub() {

            @Override
            public ScrubStatus status() {
                return scrub;
            }

            @Override
            public void pause() {
                events.add("scrub paused");
            }

            @Override
            public void resume() {
                events.add("scrub resumed");
            }
        };
    }

    @Override
    public StoreState state() {
        return status.state();
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public Snapshot snapshot() {
        throw new StorageClosedException(state().label());
    }

    @Override
    public boolean await(long sequence, Duration patience) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public Snapshot snapshotAt(long sequence) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public Snapshot snapshotAt(Timestamp instant) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public Transaction begin(String principal) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public ContentUpload upload(EntityKey key) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public ErasedEntity erase(EntityKey key, String principal) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public DurableLog log() {
        throw new StorageClosedException(state().label());
    }

    @Override
    public LogFollower follow(long afterSequence) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public void checkpoint() {
        throw new StorageClosedException(state().label());
    }

    @Override
    public RetentionPlan plan(Retention retention, Progress progress) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public CompactionReport compact(RetentionPlan plan, Progress progress) {
        throw new StorageClosedException(state().label());
    }

    @Override
    public LogPrefix prefix() {
        throw new StorageClosedException(state().label());
    }

    @Override
    public StoreCheck check(Progress progress) {
        throw new StorageClosedException(state().label());
    }
}
