package io.entitydb.entity;

/** The newest version is not the one that the caller required. */
public final class PreconditionFailedException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    private final transient EntityKey key;
    private final long found;

    /**
     * A failed precondition.
     *
     * @param key the entity
     * @param expected the version that was required; 0 for none
     * @param found the newest version; 0 for none
     */
    public PreconditionFailedException(EntityKey key, long expected, long found) {
        super(
                "precondition-failed",
                "entity " + key + " is at version " + found + ", required was " + expected);
        this.key = key;
        this.found = found;
    }

    /** The entity. */
    public EntityKey key() {
        return key;
    }

    /** The newest version; 0 if there is none. */
    public long found() {
        return found;
    }
}
