package io.entitydb.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** All that was measured in a run, printed as it comes. */
final class Figures {

    private final List<Figure> all = new ArrayList<>();
    private final PrintStream out;

    Figures(PrintStream out) {
        this.out = out;
    }

    void add(Figure figure) {
        all.add(figure);
        out.printf(
                Locale.ROOT,
                "%-22s %-9s %,14.1f %-14s (%,.1f to %,.1f)%s%n",
                figure.workload(),
                figure.contender().label(),
                figure.median(),
                figure.unit(),
                figure.least(),
                figure.greatest(),
                latencies(figure));
    }

    private static String latencies(Figure figure) {
        return figure.nanos().getTotalCount() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  p50 %,.1f  p99 %,.1f  p99.9 %,.1f µs",
                        figure.micros(50),
                        figure.micros(99),
                        figure.micros(99.9));
    }

    List<Figure> all() {
        return List.copyOf(all);
    }

    Optional<Figure> of(String workload, Contender contender) {
        return all.stream()
                .filter(f -> f.workload().equals(workload) && f.contender() == contender)
                .findFirst();
    }

    OptionalDouble median(String workload, Contender contender) {
        return of(workload, contender)
                .map(figure -> OptionalDouble.of(figure.median()))
                .orElse(OptionalDouble.empty());
    }

    /** The best of the peers. */
    OptionalDouble bestPeer(String workload) {
        return all.stream()
                .filter(f -> f.workload().equals(workload) && f.contender().isPeer())
                .mapToDouble(Figure::median)
                .max();
    }
}
