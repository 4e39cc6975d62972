package io.entitydb.storage.error;

/** The store is not open, or not yet. */
public final class StorageClosedException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String state;

    /**
     * What was found.
     *
     * @param state the state that it is in
     */
    public StorageClosedException(String state) {
        super("storage-closed", "store is " + state);
        this.state = state;
    }

    /** The state that it is in. */
    public String state() {
        return state;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
