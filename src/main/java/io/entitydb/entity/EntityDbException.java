package io.entitydb.entity;

/** What a caller can act on: a request that cannot be fulfilled as it was made. */
public abstract sealed class EntityDbException extends RuntimeException
        permits NotFoundException,
                VersionConflictException,
                InvalidEntityException,
                InvalidQueryException,
                PreconditionFailedException,
                AccessDeniedException {

    private static final long serialVersionUID = 1L;

    private final String code;

    EntityDbException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable name in kebab-case. */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed when it is made again. */
    public boolean isRetryable() {
        return false;
    }
}
