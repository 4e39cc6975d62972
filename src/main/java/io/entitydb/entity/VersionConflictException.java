package io.entitydb.entity;

/** Somebody else changed the entity first, or its state forbids the change. */
public final class VersionConflictException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    private final transient EntityKey key;

    /**
     * A conflict about one entity.
     *
     * @param key the entity
     * @param reason what was found
     */
    public VersionConflictException(EntityKey key, String reason) {
        super("version-conflict", "entity " + key + ": " + reason);
        this.key = key;
    }

    /** The entity in conflict. */
    public EntityKey key() {
        return key;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
