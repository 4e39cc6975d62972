package io.entitydb.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often damage of each structure had each outcome. */
final class FlipTally {

    private final Map<Cell, LongAdder> counts = new ConcurrentHashMap<>();

    private record Cell(Structure structure, FlipOutcome outcome) {}

    void count(Structure structure, FlipOutcome outcome) {
        counts.computeIfAbsent(new Cell(structure, outcome), cell -> new LongAdder()).increment();
    }

    /** How often damage of a structure had an outcome. */
    long of(Structure structure, FlipOutcome outcome) {
        LongAdder count = counts.get(new Cell(structure, outcome));
        return count == null ? 0 : count.sum();
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
}
