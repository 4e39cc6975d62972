package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/**
 * Which versions are retired by a compaction, for each dataset. The newest version of an entity is
 * always kept, be it a deletion.
 *
 * @param rules by the name of the dataset; others keep everything
 */
public record Retention(Map<String, Rule> rules) {

    /** Keeps everything. */
    public static final Retention NONE = new Retention(Map.of());

    /** Copies the rules. */
    public Retention {
        rules = Map.copyOf(rules);
    }

    /**
     * What is kept of an entity. A version is retired if either bound says so.
     *
     * @param maxVersions most versions that are kept; 0 for no bound
     * @param maxAge longest time that a version is kept after the next one was made; null for no
     *     bound
     */
    public record Rule(long maxVersions, @Nullable Duration maxAge) {

        /** Requires bounds that make sense. */
        public Rule {
            if (maxVersions < 0 || (maxAge != null && maxAge.isNegative())) {
                throw new IllegalArgumentException("a bound is not negative");
            }
        }
    }
}
