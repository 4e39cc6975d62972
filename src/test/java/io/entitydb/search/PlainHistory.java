package io.entitydb.search;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that ever was, in plain lists: does the same to an engine and to itself. Only the
 * transaction's number and its commit time are taken over from the engine.
 */
final class PlainHistory {

    private final Random random;
    private final RandomHistory tags;
    private final RandomContents contents;
    private final Map<EntityKey, List<Entity>> versions = new TreeMap<>();
    private final Map<EntityKey, Long> erased = new HashMap<>();

    /** What the present transaction brings back: its life goes on. */
    private final Set<EntityKey> restored = new HashSet<>();

    private final TreeMap<Long, Timestamp> times = new TreeMap<>();

    PlainHistory(Random random) {
        this.random = random;
        tags = new RandomHistory(random);
        contents = new RandomContents(random);
    }

    /** Commits a transaction that saves, deletes and restores a few entities. */
    void commit(StorageEngine engine) {
        Transaction transaction = engine.begin("test");
        Map<EntityKey, Optional<EntityDraft>> changes = new HashMap<>();
        restored.clear();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            EntityKey key = tags.key();
            if (!changes.containsKey(key)) {
                changes.put(key, change(transaction, key));
            }
        }
        long sequence = transaction.commit();
        Timestamp at =
                engine.snapshot()
                        .latest(changes.keySet().iterator().next())
                        .orElseThrow()
                        .version()
                        .at();
        times.put(sequence, at);
        changes.forEach((key, draft) -> add(key, draft.orElse(null), sequence, at));
    }

    private Optional<EntityDraft> change(Transaction transaction, EntityKey key) {
        List<Entity> before = history(key);
        boolean isThere = before.size() > erased.getOrDefault(key, 0L);
        boolean isDeleted = isThere && before.getLast().isDeleted();
        boolean isAlive = isThere && !isDeleted;
        if (isAlive && random.nextInt(4) == 0) {
            transaction.delete(key);
            return Optional.empty();
        }
        boolean canBeRestored = isDeleted && erased.getOrDefault(key, 0L) < before.size() - 1;
        if (canBeRestored && random.nextBoolean()) {
            transaction.restore(key);
            restored.add(key);
            Entity last = before.get(before.size() - 2);
            return Optional.of(EntityDraft.of(last.tags().keySet(), last.content()));
        }
        EntityDraft draft = EntityDraft.of(tags.tags(), contents.content());
        transaction.save(key, draft);
        return Optional.of(draft);
    }

    private void add(EntityKey key, @Nullable EntityDraft draft, long sequence, Timestamp at) {
        List<Entity> before = versions.computeIfAbsent(key, k -> new ArrayList<>());
        boolean isNothingLeft = erased.getOrDefault(key, 0L) == before.size();
        boolean isNew = isNothingLeft || (before.getLast().isDeleted() && !restored.contains(key));
        Timestamp createdAt = isNew ? at : before.getLast().createdAt();
        ChangeKind kind = draft == null ? ChangeKind.DELETE : ChangeKind.PUT;
        Version version = new Version(before.size() + 1, kind, sequence, at, "test");
        SortedMap<Tag, Timestamp> asserted = new TreeMap<>();
        Set<Tag> given = draft == null ? Set.of() : draft.tags();
        given.forEach(tag -> asserted.put(tag, at));
        Content content = draft == null ? Content.EMPTY : draft.content();
        before.add(new Entity(key, version, createdAt, "test", asserted, content));
    }

    /** Erases an entity that has anything left; does nothing if there is none. */
    void erase(StorageEngine engine) {
        List<EntityKey> left =
                versions.keySet().stream()
                        .filter(key -> erased.getOrDefault(key, 0L) < history(key).size())
                        .toList();
        if (!left.isEmpty()) {
            EntityKey key = left.get(random.nextInt(left.size()));
            engine.erase(key, "eraser");
            erased.put(key, (long) history(key).size());
        }
    }

    private List<Entity> history(EntityKey key) {
        return versions.getOrDefault(key, List.of());
    }

    /** The newest version of every entity after a transaction, without those that are erased. */
    List<Entity> stateAfter(long sequence) {
        List<Entity> state = new ArrayList<>();
        versions.forEach(
                (key, all) ->
                        all.reversed().stream()
                                .filter(entity -> entity.version().transaction() <= sequence)
                                .findFirst()
                                .filter(e -> e.version().number() > erased.getOrDefault(key, 0L))
                                .ifPresent(state::add));
        return state;
    }

    /** The last transaction; 0 if there is none. */
    long newest() {
        return times.isEmpty() ? 0 : times.lastKey();
    }

    /** A random instant between a transaction and the next, or right at it. */
    Timestamp instantOf(long sequence) {
        long from = times.getOrDefault(sequence, new Timestamp(0)).epochNanos();
        Map.Entry<Long, Timestamp> next = times.higherEntry(sequence);
        long until = next == null ? from + 1 : next.getValue().epochNanos();
        return new Timestamp(random.nextBoolean() ? from : random.nextLong(from, until));
    }
}
