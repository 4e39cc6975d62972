package io.entitydb.entity;

/** The principal may not do this, or the dataset is reserved. */
public final class AccessDeniedException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    /** A refusal, with what was refused. */
    public AccessDeniedException(String reason) {
        super("access-denied", reason);
    }
}
