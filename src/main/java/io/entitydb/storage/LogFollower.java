package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.LogEntry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Reads what the log tells, in order, each entry once, and waits for the next. Used by one thread.
 * Only what is durable is given.
 */
public interface LogFollower {

    /**
     * The next entry.
     *
     * @param wait how long to wait for one; zero does not wait
     * @return null if none came in that time
     * @throws io.entitydb.storage.error.CorruptDataException if its bytes do not verify; where the
     *     store was opened before a gap in the log, after all that stands before, and after the
     *     wait
     * @throws io.entitydb.storage.error.StorageClosedException if the store was closed
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    @Nullable LogEntry next(Duration wait) throws InterruptedException;

    /** How many bytes of log are durable that have not been read. */
    default long bytesLeft() {
        return 0;
    }

    /**
     * Whether the store was closed because another data file took its place that tells the same of
     * every version, and {@link #next} has given all that the old one told.
     */
    default boolean isContinued() {
        return false;
    }

    /** As {@link #next}, for who wants transactions only: passes over all other entries. */
    default @Nullable Commit nextCommit(Duration wait) throws InterruptedException {
        LogEntry entry = next(wait);
        while (entry != null && !(entry instanceof Commit)) {
            entry = next(wait);
        }
        return (Commit) entry;
    }
}
