package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;

import java.util.Optional;

/**
 * Reads and writes that take effect together or not at all.
 *
 * <p>Sees the snapshot that it began with plus its own writes. Several writes to one entity make
 * one version: the last. Confined to one thread at a time.
 */
public interface Transaction {

    /** The snapshot that it began with. */
    Snapshot snapshot();

    /** The newest version, own writes and tombstones included. */
    Optional<Entity> latest(EntityKey key);

    /** See {@link io.entitydb.entity.EntityRepository#create}. */
    long create(EntityKey key, EntityDraft draft);

    /** See {@link io.entitydb.entity.EntityRepository#save}. */
    long save(EntityKey key, EntityDraft draft);

    /** See {@link io.entitydb.entity.EntityRepository#delete}. */
    long delete(EntityKey key);

    /** See {@link io.entitydb.entity.EntityRepository#restore}. */
    long restore(EntityKey key);

    /** See {@link io.entitydb.entity.EntityRepository#expect}. */
    void expect(EntityKey key, long version);

    /**
     * Hands the writes over and waits until they are durable and visible. Ends the transaction
     * whatever happens.
     *
     * @return the sequence of the transaction; that of the snapshot if nothing was written
     * @throws io.entitydb.entity.VersionConflictException if an entity written or expected has a
     *     newer version; nothing was written
     * @throws io.entitydb.storage.error.OutcomeUnknownException if the write or force failed or
     *     took too long
     * @throws io.entitydb.storage.error.StorageException if the store takes no writes; nothing was
     *     written
     */
    long commit();

    /** Forgets the writes and ends the transaction; does nothing if it has ended. */
    void rollback();
}
