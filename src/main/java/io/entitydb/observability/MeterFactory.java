package io.entitydb.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Makes the meters that {@link StoreMeter} lists, and no others. */
@RequiredArgsConstructor
final class MeterFactory {

    /** From a write that a cache took to a disk that hangs: 50 µs to 10 s. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;

    Counter counter(StoreMeter meter, String... values) {
        return Counter.builder(meter.path())
                .description(meter.description())
                .baseUnit(unit(meter))
                .tags(tags(meter, StoreMeter.Kind.COUNTER, values))
                .register(registry);
    }

    /** A counter that is read from its source when it is asked for. */
    <T> void counter(StoreMeter meter, T source, ToDoubleFunction<T> count, String... values) {
        FunctionCounter.builder(meter.path(), source, count)
                .description(meter.description())
                .baseUnit(unit(meter))
                .tags(tags(meter, StoreMeter.Kind.COUNTER, values))
                .register(registry);
    }

    <T> void gauge(StoreMeter meter, T source, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(meter.path(), source, value)
                .description(meter.description())
                .baseUnit(unit(meter))
                .tags(tags(meter, StoreMeter.Kind.GAUGE, values))
                .register(registry);
    }

    Timer timer(StoreMeter meter, String... values) {
        return Timer.builder(meter.path())
                .description(meter.description())
                .tags(tags(meter, StoreMeter.Kind.TIMER, values))
                .register(registry);
    }

    /** A timer that is read from its source when it is asked for. */
    <T> void timer(
            StoreMeter meter,
            T source,
            ToLongFunction<T> count,
            ToDoubleFunction<T> nanos,
            String... values) {
        FunctionTimer.builder(meter.path(), source, count, nanos, TimeUnit.NANOSECONDS)
                .description(meter.description())
                .tags(tags(meter, StoreMeter.Kind.TIMER, values))
                .register(registry);
    }

    Timer histogram(StoreMeter meter, String... values) {
        return Timer.builder(meter.path())
                .description(meter.description())
                .serviceLevelObjectives(BUCKETS)
                .tags(tags(meter, StoreMeter.Kind.HISTOGRAM, values))
                .register(registry);
    }

    DistributionSummary summary(StoreMeter meter, String... values) {
        return DistributionSummary.builder(meter.path())
                .description(meter.description())
                .baseUnit(unit(meter))
                .tags(tags(meter, StoreMeter.Kind.SUMMARY, values))
                .register(registry);
    }

    private static @Nullable String unit(StoreMeter meter) {
        return meter.unit().isEmpty() ? null : meter.unit();
    }

    private static Tags tags(StoreMeter meter, StoreMeter.Kind kind, String... values) {
        List<MeterLabel> labels = meter.labels();
        if (meter.kind() != kind || labels.size() != values.length) {
            throw new IllegalArgumentException(meter + " is not a " + kind + " of these labels");
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            if (!labels.get(i).allows(values[i])) {
                throw new IllegalArgumentException(meter + " has no label value " + values[i]);
            }
            tags = tags.and(labels.get(i).name(), values[i]);
        }
        return tags;
    }
}
