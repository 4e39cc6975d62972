package io.entitydb.storage.error;

/** So much waits or is under way that no more is taken; nothing was written. */
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

    private StorageBusyException(String message, int capacity) {
        super("storage-busy", message);
        this.capacity = capacity;
    }

    /**
     * Too many contents are being received.
     *
     * @param capacity how many may be at once
     */
    public static StorageBusyException ofUploads(int capacity) {
        return new StorageBusyException(
                capacity + " contents are being received, as many as may be at once", capacity);
    }

    /** Transactions that the queue holds, or uploads that may be under way. */
    public int capacity() {
        return capacity;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
