package io.entitydb.storage.error;

/** The queue of the writer is full; nothing was written. */
public final class StorageBusyException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    /**
     * What was found.
     *
     * @param capacity transactions that the queue holds
     */
    public StorageBusyException(int capacity) {
        super("storage-busy", "write queue is full: " + capacity + " transactions");
        this.capacity = capacity;
    }

    /** Transactions that the queue holds. */
    public int capacity() {
        return capacity;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
