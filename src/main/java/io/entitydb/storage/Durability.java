package io.entitydb.storage;

import java.time.Duration;

/** When a commit is acknowledged. */
public sealed interface Durability {

    /** When it is forced: an acknowledged commit survives power loss. */
    record Forced() implements Durability {}

    /**
     * When it is written; forced some time later. A killed process loses nothing, a crash of the
     * operating system or power loss what was acknowledged since the last force.
     *
     * @param every longest time between two forces while something is written
     */
    record Interval(Duration every) implements Durability {

        /** Refuses an interval that is none. */
        public Interval {
            if (!every.isPositive()) {
                throw new IllegalArgumentException("interval out of range: " + every);
            }
        }
    }
}
