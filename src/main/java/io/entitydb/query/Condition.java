package io.entitydb.query;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;

import java.util.List;

/** What an entity must fulfil to be found. */
public sealed interface Condition {

    /** Fulfilled by every entity. */
    record Everything() implements Condition {}

    /** Fulfilled by entities that carry the tag. */
    record HasTag(Tag tag) implements Condition {}

    /**
     * Fulfilled by entities with a tag of the namespace whose value begins with the prefix.
     *
     * @param namespace the whole namespace
     * @param valuePrefix beginning of the value; empty for any value
     */
    record HasPrefix(String namespace, String valuePrefix) implements Condition {

        /** Refuses what no tag can begin with. */
        public HasPrefix {
            try {
                new Tag(namespace, valuePrefix.isEmpty() ? "any" : valuePrefix);
            } catch (InvalidEntityException e) {
                throw new InvalidQueryException("prefix", String.valueOf(e.getMessage()));
            }
        }
    }

    /** Fulfilled when all are; none are always fulfilled. */
    record All(List<Condition> conditions) implements Condition {
        /** Copies the conditions. */
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** Fulfilled when at least one is; none are never fulfilled. */
    record Any(List<Condition> conditions) implements Condition {
        /** Copies the conditions. */
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** Fulfilled when the other is not. */
    record Not(Condition condition) implements Condition {}
}
