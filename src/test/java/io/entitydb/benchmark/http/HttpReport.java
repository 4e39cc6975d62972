package io.entitydb.benchmark.http;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured, for people and for programs.
 *
 * @param load what sent the requests
 * @param time how long each measurement took
 * @param rounds how often each was repeated
 * @param loaded entities that were there
 * @param comparisons what came out
 */
record HttpReport(
        String load, Duration time, int rounds, int loaded, List<Comparison> comparisons) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Copies the list. */
    HttpReport {
        comparisons = List.copyOf(comparisons);
    }

    private record Document(
            String at,
            String machine,
            String load,
            long seconds,
            int rounds,
            int loaded,
            List<Comparison.Summary> comparisons) {}

    /** Writes both forms. */
    void write(Path markdown, Path json) throws IOException {
        Files.writeString(markdown, markdown());
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        mapper.writeValue(
                json.toFile(),
                new Document(
                        Instant.now().toString(),
                        machine(),
                        load,
                        time.toSeconds(),
                        rounds,
                        loaded,
                        comparisons.stream().map(Comparison::summary).toList()));
    }

    /** A table, and what it was measured on. */
    String markdown() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("%s. Load: %s, on the same machine.\n".formatted(machine(), load));
        text.append(
                "%,d entities of 1 KiB; %d rounds of %d s, service and empty endpoint in turn.\n\n"
                        .formatted(loaded, rounds, time.toSeconds()));
        text.append(
                """
                | | connections | service, median (range) | empty | ratio | p50 / p99, ms | empty | CPU of an answer, µs | errors |
                |---|---|---|---|---|---|---|---|---|
                """);
        comparisons.forEach(comparison -> text.append(comparison.row()).append('\n'));
        return text.toString();
    }

    private static String machine() throws IOException {
        String model = System.getProperty("os.arch");
        if (Files.isReadable(PROCESSORS)) {
            try (Stream<String> lines = Files.lines(PROCESSORS)) {
                model =
                        lines.filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                                .findFirst()
                                .orElse(model);
            }
        }
        return "%d processors (%s), %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }
}
