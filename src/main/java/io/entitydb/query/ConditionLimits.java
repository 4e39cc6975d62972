package io.entitydb.query;

import io.entitydb.entity.InvalidQueryException;

import java.util.List;

/** How much a single query may ask for, so that none can exhaust the service. */
final class ConditionLimits {

    private int count;

    private ConditionLimits() {}

    /**
     * Counts the conditions within a condition, itself included.
     *
     * @throws InvalidQueryException if they are too many or too deep
     */
    static void check(Condition condition) {
        new ConditionLimits().visit(condition, 1);
    }

    private void visit(Condition condition, int depth) {
        count++;
        if (count > EntityQuery.MAX_CONDITIONS) {
            throw new InvalidQueryException(
                    "where", "a query has at most " + EntityQuery.MAX_CONDITIONS + " conditions");
        }
        if (depth > EntityQuery.MAX_DEPTH) {
            throw new InvalidQueryException(
                    "where", "conditions nest at most " + EntityQuery.MAX_DEPTH + " deep");
        }
        parts(condition).forEach(part -> visit(part, depth + 1));
    }

    private static List<Condition> parts(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> List.of();
            case Condition.HasTag hasTag -> List.of();
            case Condition.HasPrefix hasPrefix -> List.of();
            case Condition.HasText hasText -> List.of();
            case Condition.InRange inRange -> List.of();
            case Condition.All all -> all.conditions();
            case Condition.Any any -> any.conditions();
            case Condition.Not not -> List.of(not.condition());
        };
    }
}
