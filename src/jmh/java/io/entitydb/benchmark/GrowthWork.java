package io.entitydb.benchmark;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/** Whether EntityDB does as much with many entities as with few. */
final class GrowthWork {

    private static final int CLIENTS = 8;

    private final Path directory;
    private final double seconds;
    private final int repetitions;
    private final Figures figures;

    GrowthWork(Path directory, double seconds, int repetitions, Figures figures) {
        this.directory = directory;
        this.seconds = seconds;
        this.repetitions = repetitions;
        this.figures = figures;
    }

    void run(int few, int many) throws InterruptedException {
        try (Store store = new SearchedStore(directory)) {
            store.open();
            Figures small = measure(store, 0, few);
            Figures large = measure(store, few, many);
            for (Figure figure : large.all()) {
                OptionalDouble before = small.median(figure.workload(), Contender.ENTITYDB);
                figures.add(
                        Figure.of(
                                "growth " + figure.workload(),
                                Contender.ENTITYDB,
                                "%,d to %,d".formatted(many, few),
                                figure.median() / before.orElseThrow()));
            }
        }
    }

    /** Loads further entities, and measures. */
    private Figures measure(Store store, int from, int entities) throws InterruptedException {
        Population population = new Population(store, entities);
        population.load(from);
        store.settle();
        Figures measured = new Figures(System.out);
        Bench bench =
                new Bench(Map.of(Contender.ENTITYDB, population), seconds, repetitions, measured);
        bench.measure(
                new Bench.Work(
                        "R1 x8",
                        "reads/s",
                        Trial.Plan.reading(CLIENTS, seconds),
                        Population::reading,
                        contender -> true));
        bench.measure(
                new Bench.Work(
                        "R2 x8",
                        "pages/s",
                        Trial.Plan.writing(CLIENTS, seconds),
                        Population::paging,
                        contender -> true));
        bench.measure(
                new Bench.Work(
                        "W1 x8",
                        "commits/s",
                        Trial.Plan.writing(CLIENTS, seconds),
                        p -> p.writing(CLIENTS),
                        contender -> true));
        return measured;
    }
}
