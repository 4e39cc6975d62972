package io.entitydb.storage.error;

/** There is no space for more; nothing was written and all that was acknowledged is safe. */
public final class StorageFullException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final long wanted;
    private final long available;

    /**
     * What was found.
     *
     * @param wanted bytes that were asked for
     * @param available bytes that may still be used; -1 if unknown
     */
    public StorageFullException(long wanted, long available) {
        super("storage-full", "no space: " + wanted + " bytes wanted, " + available + " available");
        this.wanted = wanted;
        this.available = available;
    }

    /** Bytes that were asked for. */
    public long wanted() {
        return wanted;
    }

    /** Bytes that may still be used; -1 if unknown. */
    public long available() {
        return available;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
