package io.entitydb.storage.error;

import io.entitydb.entity.EntityKey;

/**
 * A change to an entity whose newest version cannot be read: nobody knows what it would change. The
 * cause tells where the damage is. Nothing was written.
 */
public final class DamagedEntityException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final transient EntityKey key;

    /**
     * What was refused.
     *
     * @param key the entity
     * @param damage what its newest version's bytes are
     */
    public DamagedEntityException(EntityKey key, CorruptDataException damage) {
        super(
                "entity-damaged",
                "newest version of the entity is damaged: " + damage.getMessage(),
                damage);
        this.key = key;
    }

    /** The entity. */
    public EntityKey key() {
        return key;
    }
}
