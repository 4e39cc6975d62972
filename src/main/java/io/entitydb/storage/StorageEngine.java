package io.entitydb.storage;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.repair.LogPrefix;
import io.entitydb.storage.repair.Progress;
import io.entitydb.temporal.Timestamp;

import java.time.Duration;

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

    /**
     * Bytes that may still be written before commits are refused, as the device and the settings
     * permit; {@link Long#MAX_VALUE} while the store is not open. Asks the operating system.
     */
    default long spaceLeft() {
        return Long.MAX_VALUE;
    }

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
     * Waits until a transaction is visible.
     *
     * @param patience how long at most; ends earlier if the store is closed
     * @return whether it is visible
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    boolean await(long sequence, Duration patience) throws InterruptedException;

    /**
     * Begins a transaction on the newest state.
     *
     * @param principal who writes; at most 255 bytes of UTF-8
     */
    Transaction begin(String principal);

    /**
     * Begins to receive a content for an entity. What it gives can be saved in transactions that
     * begin while the store stays open; where the store was opened again meanwhile, even by itself,
     * or its file was replaced by a compaction, saving throws {@link
     * io.entitydb.storage.error.UploadLostException}.
     *
     * @param key under which the content is going to be saved; need not exist
     * @throws io.entitydb.storage.error.StorageBusyException if too many are under way
     * @throws io.entitydb.storage.error.StorageReadOnlyException if the store takes no writes
     * @throws io.entitydb.storage.error.StorageFullException if there is no space
     * @throws io.entitydb.entity.VersionConflictException if the entity is being erased
     */
    ContentUpload upload(EntityKey key);

    /**
     * Destroys what an entity holds and ever held: tags, contents and all that would help to guess
     * them, in all versions up to the newest. Its name stays, with the numbers, times and
     * principals of its versions, and so does the digest of history. A living entity is gone
     * afterwards; a new life may begin with the next version. Erased is what the file holds: no
     * claim is made about copies of it, or about what a device or file system keeps of overwritten
     * bytes.
     *
     * <p>When this returns, the erasure is durable. Once it is recorded it is going to be finished,
     * whatever happens: if this throws, by the next erasure or when the store is opened.
     *
     * @param principal who asks for it; at most 255 bytes of UTF-8
     * @throws io.entitydb.entity.NotFoundException if the entity never existed
     * @throws io.entitydb.storage.error.StorageReadOnlyException if the store takes no writes
     * @throws io.entitydb.storage.error.StorageFullException if there is no space for the record of
     *     it
     * @throws io.entitydb.storage.error.CorruptDataException if a version is damaged
     */
    ErasedEntity erase(EntityKey key, String principal);

    /**
     * Reads the log from a transaction on.
     *
     * @param afterSequence the first transaction given is the next one; 0 begins with the first
     */
    LogFollower follow(long afterSequence);

    /**
     * The log of the store as it is open at present. Where the store is opened again, another one
     * takes its place and this one is closed.
     */
    DurableLog log();

    /** Writes a checkpoint of the entity index now; returns when it is durable. */
    void checkpoint();

    /**
     * Finds out which versions go by the rules, by reading the log once. Changes nothing.
     *
     * @param progress is told now and then how far it is
     * @throws io.entitydb.storage.error.CorruptDataException if something is damaged
     */
    RetentionPlan plan(Retention retention, Progress progress);

    /**
     * Makes the data file anew while the store goes on: the same history with the same digests,
     * without what erasures, failed uploads and older dictionaries left behind, and without the
     * versions that are retired. Readers and writers go on; while the new file takes the place of
     * the old one, writers wait, and transactions that had begun are refused with a conflict.
     * Snapshots that were taken before can be read for half a minute more. As much space is needed
     * again as the history takes. If the process ends meanwhile, the old file stays.
     *
     * @param plan which versions are retired
     * @param progress is told now and then how far it is
     * @return what came of it
     * @throws io.entitydb.storage.error.CorruptDataException if something is damaged; the old file
     *     stays, as after every other failure
     * @throws io.entitydb.storage.error.StorageReadOnlyException if the store takes no writes
     */
    CompactionReport compact(RetentionPlan plan, Progress progress);

    /** As {@link #compact(RetentionPlan, Progress)}, by the rules as they apply now. */
    default CompactionReport compact(Retention retention, Progress progress) {
        return compact(plan(retention, progress), progress);
    }

    /**
     * Cuts off the log behind the newest transaction, which is made durable, so that it can be
     * copied while the store goes on. The caller closes it.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if the log ends in damage
     * @throws io.entitydb.storage.error.StorageReadOnlyException if a write or force failed
     */
    LogPrefix prefix();

    /**
     * Reads the log once, up to the published header, and compares it with its checksums, its chain
     * and the entity index, while the store goes on. What does not verify is reported as a scrub
     * reports it.
     *
     * @param progress is told now and then how far it is
     * @throws io.entitydb.storage.error.StorageClosedException if the store is closed meanwhile, or
     *     its file replaced
     */
    StoreCheck check(Progress progress);

    /** Has commits give way to something from now on, instead of what they gave way to before. */
    default void giveWayTo(Precedence precedence) {}

    /** The check of data at rest. */
    default Scrub scrub() {
        return Scrub.NONE;
    }
}
