package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.temporal.Timestamp;

final class LogStorageEngine implements StorageEngine {

    LogStorageEngine(Disk disk, StorageOptions options, StorageObserver observer) {
        throw new AssertionError("under construction");
    }

    @Override
    public void open() {
        throw new AssertionError("under construction");
    }

    @Override
    public void close() {
        throw new AssertionError("under construction");
    }

    @Override
    public StoreState state() {
        throw new AssertionError("under construction");
    }

    @Override
    public EngineStatus status() {
        throw new AssertionError("under construction");
    }

    @Override
    public Snapshot snapshot() {
        throw new AssertionError("under construction");
    }

    @Override
    public Snapshot snapshotAt(long sequence) {
        throw new AssertionError("under construction");
    }

    @Override
    public Snapshot snapshotAt(Timestamp instant) {
        throw new AssertionError("under construction");
    }

    @Override
    public Transaction begin(String principal) {
        throw new AssertionError("under construction");
    }

    @Override
    public LogFollower follow(long afterSequence) {
        throw new AssertionError("under construction");
    }

    @Override
    public void checkpoint() {
        throw new AssertionError("under construction");
    }
}
