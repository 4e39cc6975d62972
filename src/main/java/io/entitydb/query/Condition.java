package io.entitydb.query;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.temporal.Timestamp;

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

    /**
     * Fulfilled by entities whose content is text that holds words one after the other, whatever
     * their case.
     *
     * @param words the words, with any characters between them
     * @param isBeginning whether a single word stands for all that begin with it
     */
    record HasText(String words, boolean isBeginning) implements Condition {}

    /** A time of an entity. */
    enum Time {
        /** Commit time of the version that began the entity's present life. */
        CREATED,
        /** Commit time of the version that is shown. */
        UPDATED
    }

    /**
     * Fulfilled by entities with a time in {@code [from, until)}.
     *
     * @param time which time
     * @param from the first instant that is wanted; {@link #ALWAYS} for no bound
     * @param until the first instant that is not; {@link Timestamp#MAX} for no bound
     */
    record InRange(Time time, Timestamp from, Timestamp until) implements Condition {

        /** The first instant that there is. */
        public static final Timestamp ALWAYS = new Timestamp(0);

        /** Refuses ranges that hold no instant. */
        public InRange {
            if (!until.isAfter(from)) {
                throw new InvalidQueryException(
                        time == Time.CREATED ? "createdTo" : "updatedTo",
                        "a range ends after it begins; its end does not belong to it");
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
