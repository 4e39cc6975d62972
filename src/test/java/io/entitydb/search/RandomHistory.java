package io.entitydb.search;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.SortKey;
import io.entitydb.storage.Snapshot;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Random transactions and random queries that have something to find in them. */
final class RandomHistory {

    private static final List<String> DATASETS = List.of("d", "d-2", "dd");

    /** Some are the beginning of others; UTF-8 and UTF-16 put the last two in different order. */
    private static final List<String> BEGINNINGS =
            List.of("a", "a:", "a:b", "ab", "b", "\u00e9", "\ufb01", "\ud83d\ude00");

    static final List<String> NAMESPACES = List.of("n", "n.n", "nn", "N");

    private final Random random;
    private final RandomContents contents;

    RandomHistory(Random random) {
        this.random = random;
        this.contents = new RandomContents(random);
    }

    /** A transaction that can be committed to a state. */
    MemoryEngine.Changes changes(Snapshot state) {
        MemoryEngine.Changes changes = new MemoryEngine.Changes();
        Set<EntityKey> keys = new HashSet<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            keys.add(key());
        }
        for (EntityKey key : keys) {
            Optional<Entity> before = state.latest(key);
            boolean isAlive = before.isPresent() && !before.get().isDeleted();
            if (isAlive && random.nextInt(4) == 0) {
                changes.delete(key);
            } else {
                changes.put(key, tags());
            }
        }
        return changes;
    }

    /** The key of an entity, which may be there or not. */
    EntityKey key() {
        return new EntityKey(dataset(), one(BEGINNINGS) + random.nextInt(12));
    }

    /** Tags of an entity. */
    Set<Tag> tags() {
        Set<Tag> tags = new HashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            tags.add(tag());
        }
        return tags;
    }

    private Tag tag() {
        return new Tag(one(NAMESPACES), one(BEGINNINGS) + one(BEGINNINGS));
    }

    /** A query. */
    EntityQuery query() {
        EntityQuery.States states = one(List.of(EntityQuery.States.values()));
        List<SortKey> sort =
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(
                                i ->
                                        new SortKey(
                                                one(List.of(SortKey.Field.values())),
                                                random.nextBoolean()))
                        .toList();
        return new EntityQuery(dataset(), condition(3), states, sort);
    }

    /** A point of the past, written one way or the other; mostly none for the present. */
    @Nullable AsOf asOf(long newest) {
        long sequence = random.nextLong(newest + 1);
        return switch (random.nextInt(5)) {
            case 0 -> new AsOf.AtTransaction(sequence);
            case 1 ->
                    new AsOf.AtInstant(
                            new Timestamp(
                                    MemoryEngine.timeOf(sequence).epochNanos()
                                            + random.nextLong(MemoryEngine.STEP_NANOS)));
            default -> null;
        };
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> new Condition.Everything();
            case 1 -> new Condition.HasTag(tag());
            case 2 -> new Condition.HasPrefix(one(NAMESPACES), prefix());
            case 3 -> range();
            case 4 -> contents.condition();
            case 5 -> new Condition.All(conditions(depth - 1));
            case 6 -> new Condition.Any(conditions(depth - 1));
            default -> new Condition.Not(condition(depth - 1));
        };
    }

    private Condition range() {
        Timestamp a = instant();
        Timestamp b = new Timestamp(instant().epochNanos() + 1);
        Condition.Time time = one(List.of(Condition.Time.values()));
        return switch (random.nextInt(3)) {
            case 0 -> new Condition.InRange(time, a, Timestamp.MAX);
            case 1 -> new Condition.InRange(time, Condition.InRange.ALWAYS, a);
            default -> new Condition.InRange(time, b.isAfter(a) ? a : b, b.isAfter(a) ? b : a);
        };
    }

    private Timestamp instant() {
        return MemoryEngine.timeOf(1 + random.nextInt(2000));
    }

    private String prefix() {
        return random.nextInt(4) == 0 ? "" : one(BEGINNINGS);
    }

    private List<Condition> conditions(int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            conditions.add(condition(depth));
        }
        return conditions;
    }

    /** A dataset. */
    String dataset() {
        return one(DATASETS);
    }

    private <T> T one(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
