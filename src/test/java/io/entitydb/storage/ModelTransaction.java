package io.entitydb.storage;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.temporal.Timestamp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transaction over the model: the state that each entity it wrote shall have. What a state keeps
 * from before it keeps from the committed version below, never from an earlier write of its own.
 */
final class ModelTransaction implements Transaction {

    private final ModelEntityStore store;
    private final Snapshot snapshot;
    private final String principal;
    private final Map<EntityKey, Entity> writes = new LinkedHashMap<>();
    private final Map<EntityKey, Long> relied = new HashMap<>();
    private final Map<EntityKey, Long> erasedBefore;
    private boolean hasEnded;

    ModelTransaction(ModelEntityStore store, Snapshot snapshot, String principal) {
        this.store = store;
        this.snapshot = snapshot;
        this.principal = principal;
        erasedBefore = store.erased();
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        requireRunning();
        Entity own = writes.get(key);
        return own == null ? snapshot.latest(key) : Optional.of(own);
    }

    @Override
    public long create(EntityKey key, EntityDraft draft) {
        if (isLiving(latest(key))) {
            throw new VersionConflictException(key, "exists");
        }
        return save(key, draft);
    }

    @Override
    public long save(EntityKey key, EntityDraft draft) {
        Optional<Entity> life = snapshot.latest(key).filter(entity -> !entity.isDeleted());
        SortedMap<Tag, Timestamp> before = life.map(Entity::tags).orElseGet(TreeMap::new);
        SortedMap<Tag, Timestamp> tags = new TreeMap<>();
        draft.tags().forEach(tag -> tags.put(tag, before.getOrDefault(tag, Timestamp.MAX)));
        Content content = Content.of(draft.content().mediaType(), draft.content().bytes());
        return write(key, ChangeKind.PUT, life, tags, content);
    }

    @Override
    public long delete(EntityKey key) {
        Optional<Entity> newest = latest(key);
        if (!isLiving(newest)) {
            throw newest.map(NotFoundException::gone).orElse(NotFoundException.missing(key));
        }
        Optional<Entity> base = snapshot.latest(key);
        return isLiving(base)
                ? write(key, ChangeKind.DELETE, base, new TreeMap<>(), Content.EMPTY)
                : forgetWrite(key);
    }

    @Override
    public long restore(EntityKey key) {
        Entity tombstone = latest(key).orElseThrow(() -> NotFoundException.missing(key));
        if (!tombstone.isDeleted()) {
            throw new VersionConflictException(key, "is not deleted");
        }
        if (isLiving(snapshot.latest(key))) {
            return forgetWrite(key);
        }
        if (tombstone.isErased()) {
            throw NotFoundException.erased(key);
        }
        Entity before = snapshot.version(key, number(key) - 1).orElseThrow();
        return write(key, ChangeKind.RESTORE, Optional.of(before), before.tags(), before.content());
    }

    @Override
    public void expect(EntityKey key, long version) {
        requireRunning();
        long newest = number(key);
        if (newest != version) {
            throw new PreconditionFailedException(key, version, newest);
        }
        relied.put(key, version);
    }

    @Override
    public long commit() {
        requireRunning();
        hasEnded = true;
        synchronized (store) {
            writes.keySet().forEach(this::requireNotErased);
            relied.keySet().forEach(this::requireNotErased);
            long sequence = store.commit(List.copyOf(writes.values()), relied);
            return writes.isEmpty() ? snapshot.sequence() : sequence;
        }
    }

    /** What it made of a version that was erased since it began would bring the version back. */
    private void requireNotErased(EntityKey key) {
        long base = number(key);
        boolean wasErased = erasedBefore.getOrDefault(key, 0L) >= base;
        if (!wasErased && store.erasedUpTo(key) >= base) {
            throw new VersionConflictException(key, "was erased");
        }
    }

    @Override
    public void rollback() {
        hasEnded = true;
    }

    private long write(
            EntityKey key,
            ChangeKind kind,
            Optional<Entity> life,
            SortedMap<Tag, Timestamp> tags,
            Content content) {
        requireRunning();
        long number = number(key) + 1;
        writes.put(
                key,
                new Entity(
                        key,
                        Version.pending(number, kind, principal),
                        life.map(Entity::createdAt).orElse(Timestamp.MAX),
                        life.map(Entity::createdBy).orElse(principal),
                        tags,
                        content));
        return number;
    }

    /** The entity stays as it was: the transaction undid what it wrote. */
    private long forgetWrite(EntityKey key) {
        writes.remove(key);
        relied.put(key, number(key));
        return number(key);
    }

    /** The number of the newest committed version; 0 if there is none. */
    private long number(EntityKey key) {
        return snapshot.latest(key).map(entity -> entity.version().number()).orElse(0L);
    }

    private static boolean isLiving(Optional<Entity> entity) {
        return entity.isPresent() && !entity.get().isDeleted();
    }

    private void requireRunning() {
        if (hasEnded) {
            throw new IllegalStateException("transaction has ended");
        }
    }
}
