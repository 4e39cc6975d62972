package io.entitydb.benchmark;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Updates, reads and pages for long, at a rate that leaves the machine some time and for a number
 * of entities that stays: whether memory, descriptors and the slowest percents stay as they are.
 */
final class SoakWork {

    private static final int WRITERS = 8;
    private static final int READERS = 4;
    private static final int PAGERS = 2;
    private static final double READS_PER_COMMIT = 4;
    private static final double PAGES_PER_COMMIT = 0.1;
    private static final int PARTS = 30;
    private static final double MIB = 1 << 20;

    private final Path directory;
    private final Figures figures;

    SoakWork(Path directory, Figures figures) {
        this.directory = directory;
        this.figures = figures;
    }

    void run(int entities, double minutes, double rate) throws InterruptedException, IOException {
        double seconds = Math.max(1, minutes * 60 / PARTS);
        try (SearchedStore store = new SearchedStore(directory)) {
            store.open();
            Population population = new Population(store, entities);
            population.load();
            store.settle();
            for (int part = 1; part <= PARTS; part++) {
                FutureTask<Trial> reads =
                        started(
                                Trial.Plan.paced(READERS, seconds, rate * READS_PER_COMMIT),
                                population.reading());
                FutureTask<Trial> pages =
                        started(
                                Trial.Plan.paced(PAGERS, seconds, rate * PAGES_PER_COMMIT),
                                population.paging());
                Trial commits =
                        Trial.run(
                                Trial.Plan.paced(WRITERS, seconds, rate),
                                population.updating(WRITERS));
                tell(part, List.of(commits, ended(reads), ended(pages)), store);
            }
        }
    }

    private static FutureTask<Trial> started(Trial.Plan plan, Trial.Step step) {
        FutureTask<Trial> trial = new FutureTask<>(() -> Trial.run(plan, step));
        Thread.ofPlatform().name("soak").start(trial);
        return trial;
    }

    private static Trial ended(FutureTask<Trial> trial) throws InterruptedException {
        try {
            return trial.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("what ran beside failed", e);
        }
    }

    private void tell(int part, List<Trial> trials, SearchedStore store) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        List<String> names = List.of("commits", "reads", "pages");
        for (int i = 0; i < names.size(); i++) {
            String name = "soak %02d %s".formatted(part, names.get(i));
            figures.add(
                    new Figure(
                            name,
                            Contender.ENTITYDB,
                            names.get(i) + "/s",
                            List.of(trials.get(i).perSecond()),
                            trials.get(i).nanos()));
        }
        add(part, "heap", (runtime.totalMemory() - runtime.freeMemory()) / MIB, "MiB");
        add(part, "buffers", buffers() / MIB, "MiB");
        add(part, "anonymous", anonymousKib() / 1024.0, "MiB");
        add(part, "descriptors", descriptors(), "files");
        add(part, "search behind", (double) store.status().lag(), "transactions");
    }

    private void add(int part, String name, double value, String unit) {
        figures.add(
                Figure.of(
                        String.format(Locale.ROOT, "soak %02d %s", part, name),
                        Contender.ENTITYDB,
                        unit,
                        value));
    }

    private static double buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    static long anonymousKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double descriptors() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        }
    }
}
