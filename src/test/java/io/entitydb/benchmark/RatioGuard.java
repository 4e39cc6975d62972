package io.entitydb.benchmark;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Notices when EntityDB has become much slower: commits and reads of 8 clients beside appending and
 * forcing the same bytes, and beside H2's MVStore, in turn in one run. Fails when a ratio is below
 * half of the one that {@code ratios.properties} records, twice. A machine that does other things
 * meanwhile is not to fail the build: it makes some steps very slow and lets the most be as they
 * are, so median latencies are compared where they tell something, each the least of some
 * repetitions, and a second look is a longer one.
 *
 * <p>Arguments: directory, file for the figures, {@code fail} or {@code report}.
 */
public final class RatioGuard {

    private static final int CLIENTS = 8;
    private static final int ENTITIES = 20_000;
    private static final int REPETITIONS = 3;
    private static final double WARM_UP_SECONDS = 0.4;
    private static final double SECONDS = 0.8;

    /** What is measured, in the order of each repetition. */
    enum Figure {
        APPEND_COMMITS,
        ENTITYDB_COMMITS,
        MVSTORE_COMMITS,
        ENTITYDB_READS,
        MVSTORE_READS
    }

    /** What is compared with what. */
    private enum Ratio {
        COMMITS_TO_APPEND(Figure.ENTITYDB_COMMITS, Figure.APPEND_COMMITS),
        COMMITS_TO_MVSTORE(Figure.ENTITYDB_COMMITS, Figure.MVSTORE_COMMITS),
        READS_TO_MVSTORE(Figure.ENTITYDB_READS, Figure.MVSTORE_READS);

        private final Figure ours;
        private final Figure theirs;

        Ratio(Figure ours, Figure theirs) {
            this.ours = ours;
            this.theirs = theirs;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** How many times as quick EntityDB is. */
        double of(Map<Figure, Double> micros) {
            return Objects.requireNonNull(micros.get(theirs))
                    / Objects.requireNonNull(micros.get(ours));
        }
    }

    /**
     * What was measured.
     *
     * @param perSecond the most of all repetitions
     * @param micros latencies, the least of all repetitions
     */
    private record Look(Map<Figure, Double> perSecond, Map<Figure, Double> micros) {}

    private final Population append;
    private final Population entitydb;
    private final Population mvstore;

    private RatioGuard(Path directory) throws IOException {
        FrameSize frames = FrameSize.measure(directory.resolve("frames"));
        append = new Population(new AppendStore(directory.resolve("append"), frames), ENTITIES);
        entitydb = new Population(new EntityDbStore(directory.resolve("entitydb")), ENTITIES);
        mvstore = new Population(new MvStore(directory.resolve("mvstore")), ENTITIES);
    }

    /** Measures, writes the figures, and fails where the ratios fell. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Directories.delete(directory);
        List<Look> looks = new ArrayList<>();
        List<String> fallen = List.of();
        RatioGuard guard = new RatioGuard(directory);
        try (Store first = guard.append.store();
                Store second = guard.entitydb.store();
                Store third = guard.mvstore.store()) {
            for (Store store : List.of(first, second, third)) {
                store.open();
            }
            guard.entitydb.load();
            guard.mvstore.load();
            guard.look(WARM_UP_SECONDS, 1);
            looks.add(guard.look(SECONDS, REPETITIONS));
            fallen = fallen(looks.getLast().micros());
            if (!fallen.isEmpty()) {
                looks.add(guard.look(2 * SECONDS, REPETITIONS));
                fallen = fallen(looks.getLast().micros());
            }
        }
        Directories.delete(directory);
        write(Path.of(arguments[1]), looks, fallen);
        if (!fallen.isEmpty()) {
            System.err.println("Fallen by more than half: " + String.join("; ", fallen));
            System.exit(arguments[2].equals("fail") ? 1 : 0);
        }
    }

    private Look look(double seconds, int repetitions) throws InterruptedException {
        Look best = new Look(new EnumMap<>(Figure.class), new EnumMap<>(Figure.class));
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Figure figure : Figure.values()) {
                Trial trial = measure(figure, seconds);
                best.perSecond().merge(figure, trial.perSecond(), Math::max);
                best.micros().merge(figure, micros(figure, trial), Math::min);
            }
        }
        return best;
    }

    /**
     * What a client waits for an answer: the median, or the mean where clients wait for a lock that
     * is not fair. Who had it takes it again at once there, so most waits are short, and few are
     * very long.
     */
    private static double micros(Figure figure, Trial trial) {
        return figure == Figure.MVSTORE_COMMITS
                ? CLIENTS * 1e6 / trial.perSecond()
                : trial.nanos().getValueAtPercentile(50) / 1e3;
    }

    private Trial measure(Figure figure, double seconds) throws InterruptedException {
        Trial.Plan writing = Trial.Plan.writing(CLIENTS, seconds);
        Trial.Plan reading = Trial.Plan.reading(CLIENTS, seconds);
        return switch (figure) {
            case APPEND_COMMITS -> Trial.run(writing, append.writing(CLIENTS));
            case ENTITYDB_COMMITS -> Trial.run(writing, entitydb.writing(CLIENTS));
            case MVSTORE_COMMITS -> Trial.run(writing, mvstore.writing(CLIENTS));
            case ENTITYDB_READS -> Trial.run(reading, entitydb.reading());
            case MVSTORE_READS -> Trial.run(reading, mvstore.reading());
        };
    }

    /** What is below half of what was recorded. */
    static List<String> fallen(Map<Figure, Double> micros) {
        Properties recorded = recorded();
        List<String> fallen = new ArrayList<>();
        for (Ratio ratio : Ratio.values()) {
            double least = Double.parseDouble(recorded.getProperty(ratio.label())) / 2;
            double present = ratio.of(micros);
            System.out.printf(
                    Locale.ROOT, "%-20s %8.2f, at least %.2f%n", ratio.label(), present, least);
            if (present < least) {
                fallen.add(
                        String.format(
                                Locale.ROOT,
                                "%s is %.2f, half of what was recorded is %.2f",
                                ratio.label(),
                                present,
                                least));
            }
        }
        return fallen;
    }

    private static Properties recorded() {
        Properties recorded = new Properties();
        try (InputStream in = RatioGuard.class.getResourceAsStream("ratios.properties")) {
            recorded.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorded;
    }

    private static void write(Path file, List<Look> looks, List<String> fallen) throws IOException {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Look look : looks) {
            Map<String, Object> entry = new LinkedHashMap<>();
            for (Figure figure : Figure.values()) {
                String name = figure.name().toLowerCase(Locale.ROOT);
                entry.put(
                        name + "_per_second",
                        Math.round(look.perSecond().getOrDefault(figure, 0.0)));
                entry.put(name + "_micros", look.micros().get(figure));
            }
            for (Ratio ratio : Ratio.values()) {
                entry.put(ratio.label(), Math.round(ratio.of(look.micros()) * 100) / 100.0);
            }
            written.add(entry);
        }
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.write(file, json.writeValueAsBytes(Map.of("looks", written, "fallen", fallen)));
    }
}
