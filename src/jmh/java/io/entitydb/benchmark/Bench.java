package io.entitydb.benchmark;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Measures workloads on several open stores, in turn in each repetition, each time beginning with
 * another one, so that what else the machine does hits all alike.
 */
final class Bench {

    private static final double WARM_UP_SHARE = 0.5;

    private final Map<Contender, Population> populations;
    private final double seconds;
    private final int repetitions;
    private final Figures figures;

    Bench(
            Map<Contender, Population> populations,
            double seconds,
            int repetitions,
            Figures figures) {
        this.populations = new EnumMap<>(populations);
        this.seconds = seconds;
        this.repetitions = repetitions;
        this.figures = figures;
    }

    /**
     * A workload.
     *
     * @param name its name
     * @param unit what is counted
     * @param plan who does it
     * @param step what each client does
     * @param isFor who can do it
     */
    record Work(
            String name,
            String unit,
            Trial.Plan plan,
            Function<Population, Trial.Step> step,
            Predicate<Contender> isFor) {}

    double seconds() {
        return seconds;
    }

    Figures figures() {
        return figures;
    }

    Map<Contender, Population> populations() {
        return populations;
    }

    /** Measures a workload on all who can do it. */
    void measure(Work work) throws InterruptedException {
        compare(
                work.name(),
                work.unit(),
                work.isFor(),
                (population, share) ->
                        Trial.run(scaled(work.plan(), share), work.step().apply(population)));
    }

    /** Measures a workload beside another one that is not measured. */
    void measureBeside(Work work, Work background) throws InterruptedException {
        compare(
                work.name(),
                work.unit(),
                work.isFor(),
                (population, share) -> beside(work, background, population, share));
    }

    private static Trial beside(Work work, Work background, Population population, double share)
            throws InterruptedException {
        FutureTask<Trial> other =
                new FutureTask<>(
                        () ->
                                Trial.run(
                                        scaled(background.plan(), share),
                                        background.step().apply(population)));
        Thread.ofPlatform().name("background").start(other);
        Trial trial = Trial.run(scaled(work.plan(), share), work.step().apply(population));
        try {
            other.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("what ran beside failed", e);
        }
        return trial;
    }

    private static Trial.Plan scaled(Trial.Plan plan, double share) {
        return new Trial.Plan(
                plan.clients(), plan.isVirtual(), plan.seconds() * share, plan.stride());
    }

    @FunctionalInterface
    private interface Measurement {
        Trial of(Population population, double share) throws InterruptedException;
    }

    private void compare(
            String name, String unit, Predicate<Contender> isFor, Measurement measurement)
            throws InterruptedException {
        List<Contender> contenders = populations.keySet().stream().filter(isFor).toList();
        Map<Contender, List<Double>> samples = new EnumMap<>(Contender.class);
        Map<Contender, Histogram> nanos = new EnumMap<>(Contender.class);
        for (int repetition = -1; repetition < repetitions; repetition++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get((i + repetition + 1) % contenders.size());
                Population population = Objects.requireNonNull(populations.get(contender));
                Trial trial = measurement.of(population, repetition < 0 ? WARM_UP_SHARE : 1);
                population.store().settle();
                if (repetition >= 0) {
                    samples.computeIfAbsent(contender, c -> new ArrayList<>())
                            .add(trial.perSecond());
                    nanos.computeIfAbsent(contender, c -> Trial.histogram()).add(trial.nanos());
                }
            }
        }
        for (Contender contender : contenders) {
            figures.add(
                    new Figure(
                            name,
                            contender,
                            unit,
                            Objects.requireNonNull(samples.get(contender)),
                            Objects.requireNonNull(nanos.get(contender))));
        }
    }
}
