package io.entitydb.storage;

import java.util.concurrent.atomic.AtomicLongArray;

/** How often damage of each structure had each outcome. */
final class FlipTally {

    private static final int OUTCOMES = FlipOutcome.values().length;

    private final AtomicLongArray counts =
            new AtomicLongArray(Structure.values().length * OUTCOMES);

    void count(Structure structure, FlipOutcome outcome) {
        counts.incrementAndGet(index(structure, outcome));
    }

    /** How often damage of a structure had an outcome. */
    long of(Structure structure, FlipOutcome outcome) {
        return counts.get(index(structure, outcome));
    }

    /** Adds all counts to the report. */
    void report(String campaign) {
        for (Structure structure : Structure.values()) {
            for (FlipOutcome outcome : FlipOutcome.values()) {
                long count = of(structure, outcome);
                if (count > 0) {
                    String where = structure == Structure.SEVERAL ? "" : " of " + structure.label();
                    ReliabilityReport.noted(campaign + where + ", " + outcome.label(), count);
                }
            }
        }
    }

    private static int index(Structure structure, FlipOutcome outcome) {
        return structure.ordinal() * OUTCOMES + outcome.ordinal();
    }
}
