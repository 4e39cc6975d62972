package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import java.util.Map;

/**
 * Which versions would go if the rules were applied to the state after one transaction, at one
 * moment. Carried out later it retires these versions and no others.
 *
 * @param retention the rules
 * @param snapshot the transaction
 * @param at the moment
 * @param parts what goes from each dataset, by its name; datasets that nothing goes from are not
 *     named
 */
public record RetentionPlan(
        Retention retention, long snapshot, Timestamp at, Map<String, Part> parts) {

    /** Nothing goes. */
    public static final RetentionPlan NONE =
            new RetentionPlan(Retention.NONE, 0, new Timestamp(0), Map.of());

    /** Copies the parts. */
    public RetentionPlan {
        parts = Map.copyOf(parts);
    }

    /**
     * What goes from a dataset.
     *
     * @param versions how many versions
     * @param bytes size of their records, without contents that are kept apart
     * @param wholeSince the first transaction from which on every past state of the dataset is
     *     still whole
     * @param wholeSinceInstant when that was committed
     */
    public record Part(long versions, long bytes, long wholeSince, Timestamp wholeSinceInstant) {

        /** Both together. */
        public static Part sum(Part one, Part other) {
            Part later = other.wholeSince > one.wholeSince ? other : one;
            return new Part(
                    one.versions + other.versions,
                    one.bytes + other.bytes,
                    later.wholeSince,
                    later.wholeSinceInstant);
        }
    }

    /** Versions that go. */
    public long versions() {
        return parts.values().stream().mapToLong(Part::versions).sum();
    }
}
