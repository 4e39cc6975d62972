package io.entitydb.storage;

import io.entitydb.storage.io.Disk;
import io.entitydb.temporal.Timestamp;

/**
 * A store in one data directory. Stays the same object while the store is opened, closed and opened
 * again. Thread-safe.
 *
 * <p>Reading and writing throw {@link io.entitydb.storage.error.StorageClosedException} unless the
 * store is open.
 */
public interface StorageEngine extends AutoCloseable {

    /** An engine over a directory; nothing is touched before {@link #open}. */
    static StorageEngine over(Disk disk, StorageOptions options, StorageObserver observer) {
        return new LogStorageEngine(
                new EngineSettings(disk, options, observer, new PlatformCrew()));
    }

    /**
     * Opens the store, making an empty one where the directory is empty, and recovers it. Returns
     * when it can be read.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if somebody has it open
     * @throws io.entitydb.storage.error.UnsupportedFormatException if the file is something else
     * @throws io.entitydb.storage.error.RecoveryFailedException if it cannot be read
     * @throws io.entitydb.storage.error.StorageIoException if the system refuses
     */
    void open();

    /** Finishes the batch, writes a checkpoint, brings the header up to date and closes. */
    @Override
    void close();

    /** The store's state. */
    StoreState state();

    /** The engine's figures. */
    EngineStatus status();

    /** The newest state. */
    Snapshot snapshot();

    /**
     * The state right after a transaction.
     *
     * @throws io.entitydb.entity.InvalidQueryException if there is no such transaction yet
     */
    Snapshot snapshotAt(long sequence);

    /**
     * The state at an instant; the answer for that instant never changes afterwards.
     *
     * @throws io.entitydb.entity.InvalidQueryException if the instant lies in the future
     */
    Snapshot snapshotAt(Timestamp instant);

    /**
     * Begins a transaction on the newest state.
     *
     * @param principal who writes; at most 255 bytes of UTF-8
     */
    Transaction begin(String principal);

    /**
     * Reads the log from a transaction on.
     *
     * @param afterSequence the first transaction given is the next one; 0 begins with the first
     */
    LogFollower follow(long afterSequence);

    /** Writes a checkpoint of the entity index now; returns when it is durable. */
    void checkpoint();
}
