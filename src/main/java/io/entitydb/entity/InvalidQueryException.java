package io.entitydb.entity;

/** A query, cursor or point of time that cannot be answered. */
public final class InvalidQueryException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    /**
     * A broken rule.
     *
     * @param parameter name of the offending parameter
     * @param reason the rule
     */
    public InvalidQueryException(String parameter, String reason) {
        super("invalid-query", reason);
        this.parameter = parameter;
    }

    /** Name of the offending parameter. */
    public String parameter() {
        return parameter;
    }
}
