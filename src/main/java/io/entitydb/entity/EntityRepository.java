package io.entitydb.entity;

import io.entitydb.temporal.AsOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The store of entities. Every call belongs to a transaction: the one that surrounds it, or one of
 * its own.
 *
 * <p>Within a transaction all reads see the snapshot that the transaction began with, plus its own
 * writes. Writes become visible to others, all together, when the transaction commits; when the
 * commit returns they survive power loss. Of two transactions that write the same entity the first
 * to commit wins and the other's commit throws {@link VersionConflictException}. Calls may come
 * from any thread, each thread with its own transaction.
 *
 * <p>Writing calls return the number of the version that the commit will make. Its commit time and
 * transaction are decided at the commit and can be read afterwards.
 */
public interface EntityRepository {

    /**
     * The transaction after which the state is that the reads of this transaction see; without a
     * surrounding transaction the newest. Reading {@link AsOf.AtTransaction} of this number later
     * gives the same answers again.
     *
     * <p>The number of a transaction that wrote is told by its versions: read {@link
     * AsOf.AtVersion} of what a writing call returned, after the commit.
     */
    long snapshot();

    /**
     * Waits until a transaction is visible to reads that begin then, outside of any transaction.
     *
     * @param patience how long at most
     * @return whether it is visible
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    boolean await(long sequence, Duration patience) throws InterruptedException;

    /** The living entity; empty if it never existed or is deleted. */
    Optional<Entity> find(EntityKey key);

    /** The newest version, a tombstone included; empty if the entity never existed. */
    Optional<Entity> latest(EntityKey key);

    /**
     * The version in force at a point of the past, a tombstone included; empty if there was none.
     * Own writes of the transaction have no point in the past and are not seen.
     *
     * <p>An instant or a transaction is answered exactly, also where it is later than the snapshot
     * of the surrounding transaction; a version number is looked up in that snapshot.
     *
     * @throws InvalidQueryException if the point lies in the future
     */
    Optional<Entity> find(EntityKey key, AsOf asOf);

    /**
     * Committed versions of an entity, tombstones included; empty if it never existed.
     *
     * @param range which versions, in which order
     */
    List<Entity> history(EntityKey key, HistoryRange range);

    /**
     * Creates an entity, or creates it anew after a deletion.
     *
     * @return the version that the commit will make
     * @throws VersionConflictException if a living entity has that key
     */
    long create(EntityKey key, EntityDraft draft);

    /**
     * Gives an entity new tags and content, creating it where it is missing or deleted.
     *
     * @return the version that the commit will make
     */
    long save(EntityKey key, EntityDraft draft);

    /**
     * Deletes an entity; its history stays.
     *
     * @return the version that the commit will make
     * @throws NotFoundException if no living entity has that key
     */
    long delete(EntityKey key);

    /**
     * Brings a deleted entity back as it stood before its deletion.
     *
     * @return the version that the commit will make
     * @throws NotFoundException if the entity never existed
     * @throws VersionConflictException if the entity is not deleted
     */
    long restore(EntityKey key);

    /**
     * Begins to receive a content for an entity, outside of any transaction. What it gives can be
     * saved under the key like any other content.
     *
     * @throws VersionConflictException if the entity is being erased
     */
    ContentUpload upload(EntityKey key);

    /**
     * Requires that the newest version of an entity is a given one, now and still at the commit.
     *
     * @param version the number; 0 for an entity that never existed
     * @throws PreconditionFailedException if it is another one now
     */
    void expect(EntityKey key, long version);
}
