package io.entitydb.storage.error;

/**
 * A commit that was handed over and may or may not survive: the force that carried it failed, or
 * the caller stopped waiting. Read the entity to find out.
 */
public final class OutcomeUnknownException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** A commit whose caller stopped waiting. */
    public OutcomeUnknownException(String reason) {
        super("outcome-unknown", reason);
    }

    /** A commit whose write or force failed. */
    public OutcomeUnknownException(String reason, Throwable cause) {
        super("outcome-unknown", reason, cause);
    }
}
