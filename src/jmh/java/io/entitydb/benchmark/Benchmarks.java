package io.entitydb.benchmark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Runs benchmarks; {@code docs/benchmarks/README.md} explains options and figures. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Measures EntityDB beside other stores and beside the limits of the machine.")
public final class Benchmarks implements Callable<Integer> {

    private static final int AGREEMENT_SEED = 11;

    @Option(
            names = "--directory",
            defaultValue = "target/benchmark",
            description =
                    "Where the stores are made; decides the device. Emptied before and after.")
    private Path directory = Path.of("target/benchmark");

    @Option(
            names = "--output",
            defaultValue = "target/benchmarks",
            description = "Where benchmark.md and benchmark.json are written.")
    private Path output = Path.of("target/benchmarks");

    @Option(
            names = "--workloads",
            split = ",",
            description =
                    "What is measured: ${COMPLETION-CANDIDATES}; by default all but SCALE, SOAK.")
    private List<WorkGroup> workloads = WorkGroup.usual();

    @Option(
            names = "--contenders",
            split = ",",
            description = "Who is measured, by default all: ${COMPLETION-CANDIDATES}.")
    private List<Contender> contenders = List.of(Contender.values());

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "How long one measurement takes (${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Option(
            names = "--repetitions",
            defaultValue = "3",
            description = "How often each is repeated (${DEFAULT-VALUE}).")
    private int repetitions = 3;

    @Option(
            names = "--entities",
            defaultValue = "200000",
            description = "How many entities are loaded before (${DEFAULT-VALUE}).")
    private int entities = 200_000;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "100000x1,100000x10,1000x1000,1000000x1",
            description = "Entities and versions of each that SCALE measures (${DEFAULT-VALUE}).")
    private List<ScaleWork.Size> sizes = List.of();

    @Option(
            names = "--minutes",
            defaultValue = "60",
            description = "How long SOAK takes (${DEFAULT-VALUE}).")
    private double minutes = 60;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description =
                    "Commits in a second of SOAK, beside four times as many reads and a tenth as"
                            + " many pages (${DEFAULT-VALUE}).")
    private double rate = 1000;

    @Option(
            names = "--flame-graphs",
            description =
                    "A directory for a page a workload that shows where the processor was; the fewer"
                            + " contenders, the clearer.")
    private @Nullable Path flameGraphs;

    private Benchmarks() {}

    /** Runs with options, several of which may stand in one argument. */
    public static void main(String[] arguments) {
        String[] options =
                Arrays.stream(arguments)
                        .flatMap(argument -> Arrays.stream(argument.strip().split("\\s+", -1)))
                        .filter(option -> !option.isEmpty())
                        .toArray(String[]::new);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        int status =
                new CommandLine(new Benchmarks())
                        .registerConverter(ScaleWork.Size.class, ScaleWork.Size::parse)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(options);
        System.exit(status);
    }

    @Override
    public Integer call() throws Exception {
        Directories.delete(directory);
        Files.createDirectories(directory);
        Map<String, String> machine = Machine.describe(directory);
        Figures figures = new Figures(System.out);
        FrameSize frames = FrameSize.measure(directory.resolve("frames"));
        if (workloads.stream().anyMatch(WorkGroup::isCompared)) {
            requireAgreement(frames);
            compare(frames, figures);
        }
        for (WorkGroup group : new TreeSet<>(workloads)) {
            alone(group, figures);
        }
        Report report = new Report(machine, options(), figures);
        report.write(output);
        System.out.println(report.markdown());
        Directories.delete(directory);
        return 0;
    }

    /** What is measured on all stores, which are open together. */
    private void compare(FrameSize frames, Figures figures)
            throws InterruptedException, IOException {
        Map<Contender, Population> populations = new EnumMap<>(Contender.class);
        List<Store> opened = new ArrayList<>();
        try {
            for (Contender contender : new TreeSet<>(contenders)) {
                Store store = contender.store(directory, frames);
                store.open();
                opened.add(store);
                populations.put(contender, loaded(contender, store, figures));
            }
            Bench bench = new Bench(populations, seconds, repetitions, figures);
            StandardWork work = new StandardWork(bench, directory);
            for (WorkGroup group : new TreeSet<>(workloads)) {
                new FlameGraphs(flameGraphs)
                        .around(group.name().toLowerCase(Locale.ROOT), () -> work.run(group));
            }
        } finally {
            opened.forEach(Store::close);
        }
    }

    /** What needs stores that are closed, or one of its own. */
    private void alone(WorkGroup group, Figures figures) throws InterruptedException, IOException {
        switch (group) {
            case OPEN -> {
                OpenWork open = new OpenWork(directory, repetitions, figures);
                for (Contender contender : new TreeSet<>(contenders)) {
                    if (contender.isOpened()) {
                        open.run(contender);
                    }
                }
            }
            case SEARCH -> {
                if (contenders.contains(Contender.ENGINE)) {
                    SearchWork.fromNothing(directory.resolve(Contender.ENGINE.label()), figures);
                }
            }
            case ALLOCATION -> new AllocationRun(directory.resolve("allocation"), figures).run();
            case SCALE ->
                    new ScaleWork(directory.resolve("scale"), seconds, repetitions, figures)
                            .run(sizes);
            case SOAK ->
                    new SoakWork(directory.resolve("soak"), figures).run(entities, minutes, rate);
            case R1, R2, R3, W1, W2, MIXED, WRITTEN -> {
                // Measured on all stores.
            }
        }
    }

    /** Whoever is measured does the same work. */
    private void requireAgreement(FrameSize frames) throws IOException {
        Path place = directory.resolve("agreement");
        for (Contender contender : contenders) {
            if (contender.isRead()) {
                try (Store store = contender.store(place, frames)) {
                    store.open();
                    Agreement.check(store, AGREEMENT_SEED, contender.isPaged());
                }
            }
        }
        Directories.delete(place);
    }

    private Population loaded(Contender contender, Store store, Figures figures) {
        Population population = new Population(store, entities);
        if (contender.isRead()) {
            long start = System.nanoTime();
            population.load();
            store.settle();
            double taken = (System.nanoTime() - start) / 1e9;
            figures.add(Figure.of("load", contender, "entities/s", entities / taken));
        }
        return population;
    }

    private Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("entities", entities);
        options.put("seconds", seconds);
        options.put("repetitions", repetitions);
        return options;
    }
}
