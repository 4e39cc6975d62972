package io.entitydb.storage;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store must hold: every transaction in order, with each entity as the transaction left it.
 *
 * <p>It works out the states by itself. Of the store it takes only what the store alone can decide,
 * when the transaction was committed and the digest of history, and only while all is well.
 */
final class Oracle {

    private final List<Commit> commits = new ArrayList<>();
    private final Map<EntityKey, List<Entity>> versions = new LinkedHashMap<>();

    /** Transactions that it knows. */
    int size() {
        return commits.size();
    }

    /** The transaction of a sequence. */
    Commit commit(int sequence) {
        return commits.get(sequence - 1);
    }

    /** Every entity that was ever written. */
    List<EntityKey> keys() {
        return List.copyOf(versions.keySet());
    }

    /** The versions of an entity up to a transaction, oldest first. */
    List<Entity> versions(EntityKey key, int sequence) {
        return versions.getOrDefault(key, List.of()).stream()
                .filter(version -> version.version().transaction() <= sequence)
                .toList();
    }

    /** Entities that live after a transaction. */
    long living(int sequence) {
        return versions.keySet().stream()
                .map(key -> versions(key, sequence))
                .filter(known -> !known.isEmpty() && !known.getLast().isDeleted())
                .count();
    }

    /** Whether an entity lives after all transactions. */
    boolean isLiving(EntityKey key) {
        Entity last = last(key);
        return last != null && !last.isDeleted();
    }

    /** Another oracle that knows the first transactions of this one. */
    Oracle upTo(int sequence) {
        Oracle copy = new Oracle();
        commits.subList(0, sequence).forEach(copy::add);
        return copy;
    }

    /**
     * Learns of the next transaction.
     *
     * @param at its commit time
     * @param digest the digest of history after it
     */
    Commit learn(Script.Planned planned, Timestamp at, Digest digest) {
        long sequence = commits.size() + 1L;
        List<Entity> changes = new ArrayList<>();
        for (Change change : planned.changes()) {
            changes.add(after(change, sequence, at, planned.principal()));
        }
        Commit commit = new Commit(sequence, at, digest, changes);
        add(commit);
        return commit;
    }

    private void add(Commit commit) {
        commits.add(commit);
        for (Entity entity : commit.changes()) {
            versions.computeIfAbsent(entity.key(), k -> new ArrayList<>()).add(entity);
        }
    }

    private @Nullable Entity last(EntityKey key) {
        List<Entity> known = versions.get(key);
        return known == null ? null : known.getLast();
    }

    private Entity after(Change change, long sequence, Timestamp at, String principal) {
        List<Entity> known = versions.getOrDefault(change.key(), List.of());
        Entity last = last(change.key());
        Entity life = last == null || last.isDeleted() ? null : last;
        Look look =
                switch (change) {
                    case Change.Put put ->
                            new Look(ChangeKind.PUT, tags(put, life, at), put.content(), life);
                    case Change.Delete d ->
                            new Look(ChangeKind.DELETE, new TreeMap<>(), Content.EMPTY, life);
                    case Change.Restore r -> Look.as(known.get(known.size() - 2));
                };
        return new Entity(
                change.key(),
                new Version(known.size() + 1L, look.kind, sequence, at, principal),
                look.life == null ? at : look.life.createdAt(),
                look.life == null ? principal : look.life.createdBy(),
                look.tags,
                look.content);
    }

    private static SortedMap<Tag, Timestamp> tags(
            Change.Put put, @Nullable Entity life, Timestamp at) {
        SortedMap<Tag, Timestamp> tags = new TreeMap<>();
        for (Tag tag : put.tags()) {
            Timestamp since = life == null ? null : life.tags().get(tag);
            tags.put(tag, since == null ? at : since);
        }
        return tags;
    }

    private record Look(
            ChangeKind kind,
            SortedMap<Tag, Timestamp> tags,
            Content content,
            @Nullable Entity life) {

        static Look as(Entity before) {
            return new Look(ChangeKind.RESTORE, before.tags(), before.content(), before);
        }
    }
}
