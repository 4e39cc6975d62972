package io.entitydb.search;

import io.entitydb.entity.Entity;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.SortKey;
import io.entitydb.temporal.Timestamp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Answers queries by looking at every entity. */
final class NaiveSearch {

    private NaiveSearch() {}

    /** All hits among the newest versions of all entities, in order. */
    static List<Entity> search(EntityQuery query, Collection<Entity> state) {
        return state.stream()
                .filter(entity -> entity.key().dataset().equals(query.dataset()))
                .filter(entity -> isIn(query.states(), entity))
                .filter(entity -> fulfils(query.where(), entity))
                .sorted(order(query.sort()))
                .toList();
    }

    private static boolean isIn(EntityQuery.States states, Entity entity) {
        return switch (states) {
            case ACTIVE -> !entity.isDeleted();
            case DELETED -> entity.isDeleted();
            case ANY -> true;
        };
    }

    private static boolean fulfils(Condition condition, Entity entity) {
        Set<Tag> tags = entity.tags().keySet();
        return switch (condition) {
            case Condition.Everything everything -> true;
            case Condition.HasTag(Tag tag) -> tags.contains(tag);
            case Condition.HasPrefix(String namespace, String valuePrefix) ->
                    tags.stream()
                            .filter(tag -> tag.namespace().equals(namespace))
                            .anyMatch(tag -> tag.value().startsWith(valuePrefix));
            case Condition.HasText(String words, boolean isBeginning) ->
                    NaiveText.holds(entity.content(), words, isBeginning);
            case Condition.InRange(Condition.Time time, Timestamp from, Timestamp until) -> {
                Timestamp at =
                        time == Condition.Time.CREATED ? entity.createdAt() : entity.version().at();
                yield !from.isAfter(at) && until.isAfter(at);
            }
            case Condition.All(List<Condition> conditions) ->
                    conditions.stream().allMatch(part -> fulfils(part, entity));
            case Condition.Any(List<Condition> conditions) ->
                    conditions.stream().anyMatch(part -> fulfils(part, entity));
            case Condition.Not(Condition excluded) -> !fulfils(excluded, entity);
        };
    }

    private static Comparator<Entity> order(List<SortKey> sort) {
        Comparator<Entity> order = (_, _) -> 0;
        for (SortKey key : sort) {
            Comparator<Entity> level = level(key.field());
            order = order.thenComparing(key.isDescending() ? level.reversed() : level);
        }
        return order.thenComparing(level(SortKey.Field.ID));
    }

    private static Comparator<Entity> level(SortKey.Field field) {
        return switch (field) {
            case CREATED_AT -> Comparator.comparing(Entity::createdAt);
            case UPDATED_AT -> Comparator.comparing(entity -> entity.version().at());
            case ID ->
                    (a, b) ->
                            Arrays.compareUnsigned(
                                    a.key().id().getBytes(StandardCharsets.UTF_8),
                                    b.key().id().getBytes(StandardCharsets.UTF_8));
        };
    }
}
