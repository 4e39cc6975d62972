package io.entitydb.entity;

/**
 * What is done to the store as a whole, or to an entity with all of its past: outside of
 * transactions, and not to be undone. Thread-safe.
 *
 * <p><b>Errors:</b> besides those named, {@code io.entitydb.storage.error.StorageException}.
 */
public interface StoreMaintenance {

    /**
     * Destroys what an entity holds and ever held. When this returns, that is durable.
     *
     * @throws NotFoundException if the entity never existed
     */
    Erased erase(EntityKey key);

    /**
     * What an erasure did.
     *
     * @param version the newest version that is erased, with all before it
     * @param versions how many versions it erased; 0 if all had been erased before
     */
    record Erased(long version, long versions) {}

    /** Finds out which versions go by the rules. Changes nothing. */
    RetentionPlan plan(Retention retention, WorkProgress progress);

    /** Makes the data file anew, without the versions of a plan, while the store goes on. */
    CompactionReport compact(RetentionPlan plan, WorkProgress progress);

    /** Reads all that is stored once, and compares it with its checksums and its index. */
    StoreCheck check(WorkProgress progress);

    /** How the store is at present. Cheap, and answered whatever its state is. */
    StoreCondition condition();

    /** Makes the next opening short. Returns when that is durable. */
    void checkpoint();
}
