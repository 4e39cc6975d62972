package io.entitydb.storage.error;

/** The store could not be opened; nothing was changed. */
public final class RecoveryFailedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public RecoveryFailedException(String reason) {
        super("recovery-failed", reason);
    }

    /** What stood in the way, and its cause. */
    public RecoveryFailedException(String reason, Throwable cause) {
        super("recovery-failed", reason, cause);
    }
}
