package io.entitydb.storage;

import io.entitydb.entity.Commit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Reads committed transactions in order, each once, and waits for the next. Used by one thread.
 * Only durable transactions are given.
 */
public interface LogFollower {

    /**
     * The next transaction.
     *
     * @param wait how long to wait for one; zero does not wait
     * @return null if none came in that time
     * @throws io.entitydb.storage.error.CorruptDataException if its bytes do not verify
     * @throws io.entitydb.storage.error.StorageClosedException if the store was closed
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    @Nullable Commit next(Duration wait) throws InterruptedException;
}
