package io.entitydb.storage;

import io.entitydb.entity.ChangeLog;

import java.time.Duration;

/** The log of a store while it is open, up to where it is durable. */
public interface DurableLog extends ChangeLog.History {

    /** Position in bytes up to which everything is durable. Only grows. */
    long end();

    /**
     * Waits until more is durable than what lies before a position, or the time is over.
     *
     * @throws io.entitydb.storage.error.StorageClosedException if the store was closed
     */
    void awaitBeyond(long position, Duration patience) throws InterruptedException;
}
