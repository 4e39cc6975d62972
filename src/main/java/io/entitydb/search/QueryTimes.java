package io.entitydb.search;

import io.entitydb.entity.StepObserver;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How many queries were answered, and how long that took. Thread-safe. */
final class QueryTimes {

    private final Map<QueryKind, Times> all = new EnumMap<>(QueryKind.class);

    private record Times(LongAdder count, LongAdder nanos) {}

    private final StepObserver steps;

    QueryTimes(StepObserver steps) {
        this.steps = steps;
        for (QueryKind kind : QueryKind.values()) {
            all.put(kind, new Times(new LongAdder(), new LongAdder()));
        }
    }

    /** Answers a query, and counts it however it ends. */
    <T> T measured(QueryKind kind, Supplier<T> answer) {
        long begin = System.nanoTime();
        try {
            return steps.observed(StepObserver.Step.QUERY, answer);
        } finally {
            Times times = of(kind);
            times.count().increment();
            times.nanos().add(System.nanoTime() - begin);
        }
    }

    /** The figures of a kind. */
    SearchMonitor.Queries figures(QueryKind kind) {
        Times times = of(kind);
        return new SearchMonitor.Queries(times.count().sum(), times.nanos().sum());
    }

    private Times of(QueryKind kind) {
        return Objects.requireNonNull(all.get(kind));
    }
}
