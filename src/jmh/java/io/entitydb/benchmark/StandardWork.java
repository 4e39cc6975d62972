package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** W1, W2, R1, R2, R3 and the mixture, as performance is defined for all. */
final class StandardWork {

    private static final int READERS = 58;
    private static final int WRITERS = 6;
    static final int VERSIONS_AT_ONCE = 100;

    private final Bench bench;
    private final Path directory;
    private final Map<Contender, HistoryLoad> ten = new EnumMap<>(Contender.class);
    private final Map<Contender, HistoryLoad> thousand = new EnumMap<>(Contender.class);

    StandardWork(Bench bench, Path directory) {
        this.bench = bench;
        this.directory = directory;
    }

    /** Does nothing for what is not measured on open stores. */
    void run(WorkGroup group) throws InterruptedException, IOException {
        switch (group) {
            case R1 -> readCurrent();
            case R2 -> page();
            case R3 -> readPast();
            case W1 -> writeOne();
            case W2 -> writeMany();
            case MIXED -> mix();
            case WRITTEN -> new WrittenBytes(bench, directory).run();
            case SEARCH -> new SearchWork(bench).run();
            case OPEN, ALLOCATION, SCALE, SOAK -> {
                // They have stores of their own.
            }
        }
    }

    private void writeOne() throws InterruptedException {
        for (int clients : new int[] {1, 8, 64}) {
            bench.measure(
                    new Bench.Work(
                            "W1 x" + clients,
                            "commits/s",
                            Trial.Plan.writing(clients, bench.seconds()),
                            population -> population.writing(clients),
                            Contender::isDurable));
        }
        bench.measure(
                new Bench.Work(
                        "W1 x64 virtual",
                        "commits/s",
                        new Trial.Plan(64, true, bench.seconds(), 1),
                        population -> population.writing(64),
                        Contender::isOurs));
    }

    private void writeMany() throws InterruptedException {
        bench.measure(
                new Bench.Work(
                        "W2 x8",
                        "entities/s",
                        Trial.Plan.writing(8, bench.seconds()),
                        population -> population.writingMany(8, VERSIONS_AT_ONCE),
                        Contender::isDurable));
    }

    private void readCurrent() throws InterruptedException {
        for (int clients : new int[] {1, 8}) {
            bench.measure(reading("R1 x" + clients, clients, Contender::isRead));
        }
        int loaded =
                bench.populations().values().stream()
                        .mapToInt(Population::loaded)
                        .max()
                        .orElseThrow();
        Zipf zipf = new Zipf(loaded);
        bench.measure(
                new Bench.Work(
                        "R1 Zipf x8",
                        "reads/s",
                        Trial.Plan.reading(8, bench.seconds()),
                        population -> population.readingFavourites(zipf),
                        Contender::isRead));
    }

    private Bench.Work reading(String name, int clients, Predicate<Contender> isFor) {
        return new Bench.Work(
                name,
                "reads/s",
                Trial.Plan.reading(clients, bench.seconds()),
                Population::reading,
                isFor);
    }

    private void page() throws InterruptedException {
        bench.measure(
                new Bench.Work(
                        "R2 x8",
                        "pages/s",
                        Trial.Plan.writing(8, bench.seconds()),
                        Population::paging,
                        Contender::isPaged));
    }

    private void readPast() throws InterruptedException {
        for (Map.Entry<Contender, Population> entry : bench.populations().entrySet()) {
            if (entry.getKey().isRead()) {
                load(entry.getKey(), entry.getValue().store());
            }
        }
        for (int clients : new int[] {1, 8}) {
            readPast("R3 x" + clients + ", 10", clients, ten);
            readPast("R3 x" + clients + ", 1000", clients, thousand);
        }
    }

    private void load(Contender contender, Store store) {
        HistoryLoad shorter = new HistoryLoad(-1_000, 1_000, 10);
        shorter.load(store);
        ten.put(contender, shorter);
        HistoryLoad longer = new HistoryLoad(-1_020, 20, 1_000);
        longer.load(store);
        thousand.put(contender, longer);
        store.settle();
    }

    private void readPast(String name, int clients, Map<Contender, HistoryLoad> histories)
            throws InterruptedException {
        IdentityHashMap<Store, Contender> contenders = new IdentityHashMap<>();
        bench.populations().forEach((c, population) -> contenders.put(population.store(), c));
        bench.measure(
                new Bench.Work(
                        name,
                        "reads/s",
                        Trial.Plan.reading(clients, bench.seconds()),
                        population -> {
                            Contender contender = contenders.get(population.store());
                            return Objects.requireNonNull(histories.get(contender))
                                    .reading(population.store());
                        },
                        Contender::isRead));
    }

    /** Of 64 clients nine in ten read, and the others write. */
    private void mix() throws InterruptedException {
        Predicate<Contender> isBoth = contender -> contender.isRead() && contender.isDurable();
        bench.measure(reading("reads alone x" + READERS, READERS, isBoth));
        Bench.Work writing =
                new Bench.Work(
                        "commits beside reads",
                        "commits/s",
                        Trial.Plan.writing(WRITERS, bench.seconds()),
                        population -> population.writing(WRITERS),
                        isBoth);
        bench.measureBeside(reading("reads beside commits", READERS, isBoth), writing);
        bench.measureBeside(writing, reading("reads beside commits", READERS, isBoth));
    }
}
