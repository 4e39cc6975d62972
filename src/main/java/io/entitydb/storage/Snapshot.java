package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.temporal.Timestamp;

import java.util.List;
import java.util.Optional;

/**
 * The store as it stood right after one transaction. Reads take no lock, wait for nobody, and give
 * the same answer for ever. Thread-safe; needs no closing.
 *
 * <p>Every method throws {@link io.entitydb.storage.error.CorruptDataException} when the bytes that
 * hold the answer do not verify, and {@link io.entitydb.storage.error.StorageClosedException} once
 * the store is closed.
 */
public interface Snapshot {

    /** The transaction after which this is the state; 0 is the empty store. */
    long sequence();

    /** The newest version, a tombstone included. */
    Optional<Entity> latest(EntityKey key);

    /**
     * Tells of which entities {@link #latest} is going to be asked next: many are then answered
     * sooner than one after the other. Changes no answer, and meets no damage.
     */
    default void expect(List<EntityKey> keys) {}

    /** The version of that number, if the entity has it. */
    Optional<Entity> version(EntityKey key, long number);

    /** The newest version committed at or before an instant, a tombstone included. */
    Optional<Entity> asOf(EntityKey key, Timestamp instant);

    /** Versions, tombstones included. */
    List<Entity> history(EntityKey key, HistoryRange range);
}
