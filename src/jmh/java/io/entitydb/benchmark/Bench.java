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

    /** Length of a step of the warm-up, as a share of a repetition's. */
    private static final double WARM_UP_SHARE = 0.5;

    private static final int MOST_WARM_UPS = 20;

    /** How much faster a step is than all before it, at least, while a contender is not warm. */
    private static final double WARMER = 1.05;

    /** Steps in a row that are not faster, until a contender is warm. */
    private static final int WARM_UPS_AT_BEST = 2;

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
        for (Contender contender : contenders) {
            warmUp(population(contender), measurement);
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get((i + repetition) % contenders.size());
                Trial trial = settled(population(contender), measurement, 1);
                samples.computeIfAbsent(contender, c -> new ArrayList<>()).add(trial.perSecond());
                nanos.computeIfAbsent(contender, c -> Trial.histogram()).add(trial.nanos());
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

    private Population population(Contender contender) {
        return Objects.requireNonNull(populations.get(contender));
    }

    private static Trial settled(Population population, Measurement measurement, double share)
            throws InterruptedException {
        Trial trial = measurement.of(population, share);
        population.store().settle();
        return trial;
    }

    /**
     * Until a contender gets no faster: what is compared is what it does for long. Compilation
     * takes some seconds of a workload that has much code, and none of one that has little.
     */
    private static void warmUp(Population population, Measurement measurement)
            throws InterruptedException {
        double best = 0;
        int atBest = 0;
        for (int step = 0; step < MOST_WARM_UPS && atBest < WARM_UPS_AT_BEST; step++) {
            double perSecond = settled(population, measurement, WARM_UP_SHARE).perSecond();
            atBest = perSecond > best * WARMER ? 0 : atBest + 1;
            best = Math.max(best, perSecond);
        }
    }
}
