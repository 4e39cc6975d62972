package io.entitydb.benchmark.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What rounds of one measurement gave, for the service and for what it is compared with. */
final class Comparison {

    private final String name;
    private final int connections;
    private final String unit;
    private final List<Load.Figures> ours = new ArrayList<>();
    private final List<Load.Figures> theirs = new ArrayList<>();

    Comparison(String name, int connections, String unit) {
        this.name = name;
        this.connections = connections;
        this.unit = unit;
    }

    /** Adds a round. */
    void add(Load.Figures service, Load.Figures empty) {
        ours.add(service);
        theirs.add(empty);
    }

    /**
     * The rounds in figures.
     *
     * @param ratios of each round, service to empty
     * @param ratio their median
     */
    record Summary(
            String name,
            int connections,
            String unit,
            List<Load.Figures> service,
            List<Load.Figures> empty,
            List<Double> ratios,
            double ratio) {}

    /** All that is known. */
    Summary summary() {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(ours.get(round).perSecond() / theirs.get(round).perSecond());
        }
        return new Summary(name, connections, unit, ours, theirs, ratios, median(ratios));
    }

    /** As a row of a table. */
    String row() {
        Summary all = summary();
        return "| %s | %d | %s | %s | %.2f (%.2f–%.2f) | %s | %s | %s | %d |"
                .formatted(
                        name,
                        connections,
                        rate(ours),
                        rate(theirs),
                        all.ratio(),
                        all.ratios().stream().min(Double::compare).orElse(0.0),
                        all.ratios().stream().max(Double::compare).orElse(0.0),
                        latency(ours),
                        latency(theirs),
                        processors(),
                        ours.stream().mapToLong(Load.Figures::errors).sum()
                                + theirs.stream().mapToLong(Load.Figures::errors).sum());
    }

    private static String rate(List<Load.Figures> figures) {
        List<Double> rates = figures.stream().map(Load.Figures::perSecond).toList();
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f–%,.0f)",
                median(rates),
                rates.stream().min(Double::compare).orElse(0.0),
                rates.stream().max(Double::compare).orElse(0.0));
    }

    private static String latency(List<Load.Figures> figures) {
        double p99 = median(figures, Load.Figures::p99Micros);
        return p99 == 0
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.2f / %.2f",
                        median(figures, Load.Figures::p50Micros) / 1e3,
                        p99 / 1e3);
    }

    private String processors() {
        double cpu = median(ours, Load.Figures::cpuMicros);
        return cpu == 0
                ? "–"
                : String.format(
                        Locale.ROOT, "%.0f / %.0f", cpu, median(theirs, Load.Figures::cpuMicros));
    }

    private static double median(List<Load.Figures> figures, ToDoubleFunction<Load.Figures> value) {
        return median(figures.stream().map(value::applyAsDouble).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
