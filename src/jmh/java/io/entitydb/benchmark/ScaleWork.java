package io.entitydb.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What EntityDB does with few and with many entities and versions, each size in a store of its own:
 * every workload, memory, and opening. Beside that, what the largest number of entities does as a
 * share of the smallest, of one version each.
 */
final class ScaleWork {

    private static final int CLIENTS = 8;
    private static final double MIB = 1 << 20;
    private static final List<String> COMPARED = List.of("W1 x8", "R1 x8", "R2 x8");

    private final Path directory;
    private final double seconds;
    private final int repetitions;
    private final Figures figures;

    ScaleWork(Path directory, double seconds, int repetitions, Figures figures) {
        this.directory = directory;
        this.seconds = seconds;
        this.repetitions = repetitions;
        this.figures = figures;
    }

    /**
     * A size of a store.
     *
     * @param entities how many
     * @param versions of each
     */
    record Size(int entities, int versions) {

        /** Reads {@code entities x versions}, as {@code 100000x10}. */
        static Size parse(String text) {
            String[] parts = text.split("x", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(text + " is not written 100000x10");
            }
            return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d x %,d", entities, versions);
        }
    }

    void run(List<Size> sizes) throws InterruptedException, IOException {
        // The first would be measured while it is compiled.
        Figures cold = new Figures(new PrintStream(OutputStream.nullOutputStream()));
        new ScaleWork(directory, seconds, 1, cold).measure(sizes.getFirst());
        for (Size size : sizes) {
            measure(size);
        }
        List<Size> single = sizes.stream().filter(size -> size.versions() == 1).toList();
        if (single.size() > 1) {
            compare(single.getFirst(), single.getLast());
        }
    }

    private void compare(Size few, Size many) {
        for (String work : COMPARED) {
            OptionalDouble before = figures.median(name(few, work), Contender.ENTITYDB);
            OptionalDouble after = figures.median(name(many, work), Contender.ENTITYDB);
            String unit = many + " to " + few;
            add("growth " + work, unit, after.orElseThrow() / before.orElseThrow());
        }
    }

    private static String name(Size size, String what) {
        return size + ": " + what;
    }

    private void measure(Size size) throws InterruptedException, IOException {
        Directories.delete(directory);
        try (SearchedStore store = new SearchedStore(directory)) {
            store.open();
            Population population = new Population(store, size.entities());
            List<Long> points = load(size, store, population);
            work(size, population, points);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            double heap = (runtime.totalMemory() - runtime.freeMemory()) / MIB;
            add(name(size, "heap"), "MiB", heap);
            add(name(size, "anonymous"), "MiB", SoakWork.anonymousKib() / 1024.0);
        }
        open(size);
        Directories.delete(directory);
    }

    /** Loads all versions; gives the points right after each round. */
    private List<Long> load(Size size, SearchedStore store, Population population) {
        List<Long> points = new ArrayList<>();
        long start = System.nanoTime();
        Workload workload = new Workload(size.entities());
        for (int version = 0; version < size.versions(); version++) {
            points.add(population.round(workload));
        }
        double loaded = secondsSince(start);
        store.settle();
        double all = (double) size.entities() * size.versions();
        add(name(size, "load"), "versions/s", all / loaded);
        add(name(size, "load, search caught up"), "versions/s", all / secondsSince(start));
        return points;
    }

    private void work(Size size, Population population, List<Long> points)
            throws InterruptedException {
        Bench bench =
                new Bench(Map.of(Contender.ENTITYDB, population), seconds, repetitions, figures);
        Trial.Plan reading = Trial.Plan.reading(CLIENTS, seconds);
        Trial.Plan writing = Trial.Plan.writing(CLIENTS, seconds);
        measure(bench, name(size, "R1 x8"), "reads/s", reading, population.reading());
        measure(bench, name(size, "R2 x8"), "pages/s", writing, population.paging());
        measure(bench, name(size, "R3 x8"), "reads/s", reading, population.readingAt(points));
        measure(bench, name(size, "W1 x8"), "commits/s", writing, population.writing(CLIENTS));
        int atOnce = StandardWork.VERSIONS_AT_ONCE;
        Trial.Step many = population.writingMany(CLIENTS, atOnce);
        measure(bench, name(size, "W2 x8"), "entities/s", writing, many);
    }

    private static void measure(
            Bench bench, String name, String unit, Trial.Plan plan, Trial.Step step)
            throws InterruptedException {
        bench.measure(new Bench.Work(name, unit, plan, population -> step, contender -> true));
    }

    private void open(Size size) {
        try (SearchedStore store = new SearchedStore(directory)) {
            long start = System.nanoTime();
            store.open();
            Population.require(store.read(Workload.id(0)), "the first entity");
            add(name(size, "open to the first read"), "ms", secondsSince(start) * 1e3);
            store.settle();
            add(name(size, "open to the first page"), "ms", secondsSince(start) * 1e3);
        }
    }

    private void add(String name, String unit, double value) {
        figures.add(Figure.of(name, Contender.ENTITYDB, unit, value));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
