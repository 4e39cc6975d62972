package io.entitydb.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A goal beside what was measured.
 *
 * @param name what it is about
 * @param measured what was measured
 * @param bound what it has to reach, or to stay below
 * @param isLeast whether more is better
 */
record Goal(String name, double measured, double bound, boolean isLeast) {

    boolean isMet() {
        return isLeast ? measured >= bound : measured <= bound;
    }

    String wanted() {
        return (isLeast ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%,.2f", bound);
    }

    /** The goals of all workloads that were measured. */
    static List<Goal> of(Figures figures) {
        return new Comparison(figures).all();
    }

    /** Computes the goals. */
    private static final class Comparison {

        private final Figures figures;
        private final List<Goal> goals = new ArrayList<>();

        Comparison(Figures figures) {
            this.figures = figures;
        }

        List<Goal> all() {
            writes("W1 x1", 0.9, 1.6);
            writes("W1 x64", 0.7, 1.7);
            ratio(
                    "W1 x64 on virtual threads to the limit",
                    figures.median("W1 x64 virtual", Contender.ENTITYDB),
                    figures.median("W1 x64", Contender.APPEND),
                    0.7);
            latency("W1 x64", 2);
            writes("W2 x8", 0.5, 5);
            reads("R1 x1", 1.2);
            reads("R1 x8", 1.2);
            reads("R1 Zipf x8", 2);
            reads("R2 x8", 1.2);
            reads("R3 x1, 10", 1);
            reads("R3 x8, 10", 1);
            for (int clients : new int[] {1, 8}) {
                ratio(
                        "R3 x%d at 1,000 versions to R1".formatted(clients),
                        figures.median("R3 x%d, 1000".formatted(clients), Contender.ENTITYDB),
                        figures.median("R1 x" + clients, Contender.ENTITYDB),
                        1 / 3.0);
            }
            ratio(
                    "reads beside commits to reads alone",
                    figures.median("reads beside commits", Contender.ENTITYDB),
                    figures.median("reads alone x58", Contender.ENTITYDB),
                    0.8);
            absolutes();
            return goals;
        }

        private void absolutes() {
            most("bytes of frames per byte of data", "frames", 1.5);
            most("bytes of zeros per byte of data", "zeros", 1.1);
            most("all bytes written per byte of data", "bytes written", 4);
            least("search catches up, versions/s", "search from nothing", 20_000);
            most("page beside W1 x64, p99 in ms", "page beside W1 x64, p99", 50);
            most("clean open, ms", "open clean", 500);
            most("open after a kill, ms", "open killed", 5_000);
            most("bytes allocated per commit", "allocated, commit", 2_048);
            most("bytes allocated per read to the entity's", "allocated, read", 1.2);
            for (String work : List.of("W1 x8", "R1 x8", "R2 x8")) {
                least("growth, " + work + " of many to few", "growth " + work, 0.8);
            }
        }

        private void writes(String workload, double toLimit, double toPeer) {
            for (Contender ours : List.of(Contender.ENGINE, Contender.ENTITYDB)) {
                OptionalDouble value = figures.median(workload, ours);
                String name = workload + ", " + ours.label();
                ratio(
                        name + " to the limit",
                        value,
                        figures.median(workload, Contender.APPEND),
                        toLimit);
                ratio(name + " to the best peer", value, figures.bestPeer(workload), toPeer);
            }
        }

        private void reads(String workload, double toPeer) {
            ratio(
                    workload + " to the best peer",
                    figures.median(workload, Contender.ENTITYDB),
                    figures.bestPeer(workload),
                    toPeer);
        }

        private void latency(String workload, double most) {
            Optional<Figure> limit = figures.of(workload, Contender.APPEND);
            for (Contender ours : List.of(Contender.ENGINE, Contender.ENTITYDB)) {
                Optional<Figure> figure = figures.of(workload, ours);
                if (figure.isPresent() && limit.isPresent()) {
                    double times = figure.get().micros(99) / limit.get().micros(99);
                    String name = workload + ", " + ours.label() + ": p99 to the limit's";
                    goals.add(new Goal(name, times, most, false));
                }
            }
        }

        private void ratio(String name, OptionalDouble ours, OptionalDouble theirs, double least) {
            if (ours.isPresent() && theirs.isPresent()) {
                goals.add(new Goal(name, ours.getAsDouble() / theirs.getAsDouble(), least, true));
            }
        }

        private void most(String name, String workload, double most) {
            ours(workload).ifPresent(value -> goals.add(new Goal(name, value, most, false)));
        }

        private void least(String name, String workload, double least) {
            ours(workload).ifPresent(value -> goals.add(new Goal(name, value, least, true)));
        }

        /** With search, where that has a part in it. */
        private OptionalDouble ours(String workload) {
            OptionalDouble searched = figures.median(workload, Contender.ENTITYDB);
            return searched.isPresent() ? searched : figures.median(workload, Contender.ENGINE);
        }
    }
}
