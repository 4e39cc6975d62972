package io.entitydb.entity;

/** An entity, tag or content that breaks a rule of its shape. */
public final class InvalidEntityException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * A broken rule.
     *
     * @param pointer JSON pointer to the offending part of the entity, for example {@code /tags}
     * @param reason the rule
     */
    public InvalidEntityException(String pointer, String reason) {
        super("invalid-entity", reason);
        this.pointer = pointer;
    }

    /** JSON pointer to the offending part. */
    public String pointer() {
        return pointer;
    }
}
