package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the reliability tests of a build reached: prints it, writes it to {@code
 * target/reliability-report.json}, and fails where a count stayed below its goal.
 */
final class ReliabilityReport {

    private static final Path FILE = Path.of("target", "reliability-report.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReliabilityReport() {}

    /**
     * Reports a count.
     *
     * @param what was counted, and for what each of them was checked
     * @param seed repeats the run
     * @param goal least count
     */
    static void reached(String what, long seed, long count, long goal) {
        System.out.printf("%s: %,d (goal %,d), seed %d%n", what, count, goal, seed);
        write(what, seed, count, goal);
        assertThat(count).as("%s, seed %d", what, seed).isGreaterThanOrEqualTo(goal);
    }

    private static synchronized void write(String what, long seed, long count, long goal) {
        try {
            ObjectNode report = read();
            report.putObject(what).put("seed", seed).put("count", count).put("goal", goal);
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(
                    FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new AssertionError("cannot write " + FILE, e);
        }
    }

    private static ObjectNode read() throws IOException {
        return Files.exists(FILE)
                ? (ObjectNode) JSON.readTree(Files.readString(FILE))
                : JSON.createObjectNode();
    }
}
