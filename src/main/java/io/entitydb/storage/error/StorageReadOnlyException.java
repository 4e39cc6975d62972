package io.entitydb.storage.error;

/** The store takes no writes at present; reads go on. */
public final class StorageReadOnlyException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * What was found.
     *
     * @param reason why: maintenance, no-space, force-failed or corruption
     */
    public StorageReadOnlyException(String reason) {
        super("storage-read-only", "store is read-only: " + reason);
        this.reason = reason;
    }

    /** Why: maintenance, no-space, force-failed or corruption. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
