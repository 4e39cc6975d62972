package io.entitydb.entity;

/** The entity, version or dataset does not exist, or is deleted. */
public final class NotFoundException extends EntityDbException {

    private static final long serialVersionUID = 1L;

    private final boolean isDeleted;

    private NotFoundException(String code, String message, boolean isDeleted) {
        super(code, message);
        this.isDeleted = isDeleted;
    }

    /** Whether it existed once and is deleted or erased. */
    public boolean isDeleted() {
        return isDeleted;
    }

    /** No such entity was ever made. */
    public static NotFoundException missing(EntityKey key) {
        return new NotFoundException("entity-not-found", "no entity " + key, false);
    }

    /** The entity is deleted. */
    public static NotFoundException deleted(EntityKey key) {
        return new NotFoundException("entity-deleted", "entity " + key + " is deleted", true);
    }

    /** The entity, or the version of it that was asked for, was erased. */
    public static NotFoundException erased(EntityKey key) {
        return new NotFoundException("entity-erased", "entity " + key + " is erased", true);
    }

    /** The entity is a tombstone, or its version was erased. */
    public static NotFoundException gone(Entity entity) {
        return entity.isErased() ? erased(entity.key()) : deleted(entity.key());
    }

    /** The entity has no such version. */
    public static NotFoundException version(EntityKey key, long number) {
        return new NotFoundException(
                "version-not-found", "entity " + key + " has no version " + number, false);
    }

    /** What was asked for belongs to the part of the entity's history that was removed. */
    public static NotFoundException retired(EntityKey key, long oldest) {
        return new NotFoundException(
                "version-retired",
                "history of entity "
                        + key
                        + " begins with version "
                        + oldest
                        + ", what came before was removed",
                true);
    }

    /** No such dataset was made. */
    public static NotFoundException dataset(String name) {
        return new NotFoundException("dataset-not-found", "no dataset " + name, false);
    }
}
