package io.entitydb.benchmark;

import java.nio.file.Path;

/** What the search index of EntityDB takes: beside commits, and made from nothing. */
final class SearchWork {

    private static final int CLIENTS = 64;

    /** One client reads few pages in a second, too few for the slowest of a hundred. */
    private static final int PAGES_TIMES = 5;

    private final Bench bench;

    SearchWork(Bench bench) {
        this.bench = bench;
    }

    void run() throws InterruptedException {
        Population population = bench.populations().get(Contender.ENTITYDB);
        if (population != null) {
            catchUp("W1 x64 caught up", "commits/s", population, population.writing(CLIENTS));
            catchUp(
                    "W2 x8 caught up",
                    "entities/s",
                    population,
                    population.writingMany(8, StandardWork.VERSIONS_AT_ONCE));
            pageBesideCommits();
        }
    }

    /** The index is a part of the work: the time until it has all counts. */
    private void catchUp(String name, String unit, Population population, Trial.Step step)
            throws InterruptedException {
        int clients = unit.startsWith("commits") ? CLIENTS : 8;
        long start = System.nanoTime();
        Trial trial = Trial.run(Trial.Plan.writing(clients, bench.seconds()), step);
        double writing = (System.nanoTime() - start) / 1e9;
        population.store().settle();
        double all = (System.nanoTime() - start) / 1e9;
        bench.figures()
                .add(Figure.of(name, Contender.ENTITYDB, unit, trial.perSecond() * writing / all));
    }

    private void pageBesideCommits() throws InterruptedException {
        Bench.Work paging =
                new Bench.Work(
                        "page beside commits",
                        "pages/s",
                        Trial.Plan.writing(1, PAGES_TIMES * bench.seconds()),
                        Population::paging,
                        contender -> contender == Contender.ENTITYDB);
        Bench.Work writing =
                new Bench.Work(
                        "commits",
                        "commits/s",
                        Trial.Plan.writing(CLIENTS, PAGES_TIMES * bench.seconds()),
                        population -> population.writing(CLIENTS),
                        contender -> contender == Contender.ENTITYDB);
        bench.measureBeside(paging, writing);
        Figure page = bench.figures().of("page beside commits", Contender.ENTITYDB).orElseThrow();
        bench.figures()
                .add(
                        Figure.of(
                                "page beside W1 x64, p99",
                                Contender.ENTITYDB,
                                "ms",
                                page.micros(99) / 1e3));
    }

    /** The index of a closed store, which the engine alone has written. */
    static void fromNothing(Path directory, Figures figures) {
        long start = System.nanoTime();
        try (SearchedStore store = new SearchedStore(directory)) {
            store.open();
            store.settle();
            double taken = (System.nanoTime() - start) / 1e9;
            long versions = store.status().documents();
            figures.add(
                    Figure.of(
                            "search from nothing",
                            Contender.ENTITYDB,
                            "versions/s",
                            versions / taken));
        }
    }
}
