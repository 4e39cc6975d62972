package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the reliability tests of a build reached: prints it, writes it to {@code
 * target/reliability-report.json}, and fails where a count stayed below its goal.
 */
public final class ReliabilityReport {

    private static final Path FILE = Path.of("target", "reliability-report.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReliabilityReport() {}

    /**
     * Reports a count.
     *
     * @param seed repeats the run
     * @param since when it began, see {@link System#nanoTime}
     */
    public static void reached(ReliabilityGoal goal, long seed, long count, long since) {
        double seconds = (System.nanoTime() - since) / 1e9;
        System.out.printf(
                "%s: %,d (goal %,d at level %s) in %.1f s, seed %d%n",
                goal.label(), count, goal.count(), ReliabilityGoal.level(), seconds, seed);
        write(
                goal.label(),
                JSON.createObjectNode()
                        .put("level", ReliabilityGoal.level())
                        .put("count", count)
                        .put("goal", goal.count())
                        .put("seconds", Math.round(seconds * 10) / 10.0)
                        .put("seed", seed));
        assertThat(count).as("%s, seed %d", goal, seed).isGreaterThanOrEqualTo(goal.count());
    }

    /** Reports a figure that has no goal. */
    static void noted(String what, long count) {
        System.out.printf("%s: %,d%n", what, count);
        write(what, JSON.createObjectNode().put("count", count));
    }

    /** Several test processes may report at the same time. */
    private static synchronized void write(String what, ObjectNode figures) {
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Path lock = FILE.resolveSibling(FILE.getFileName() + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (held.isValid()) {
                    add(what, figures);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot write " + FILE, e);
        }
    }

    private static void add(String what, ObjectNode figures) throws IOException {
        ObjectNode report =
                Files.exists(FILE)
                        ? (ObjectNode) JSON.readTree(Files.readString(FILE))
                        : JSON.createObjectNode();
        report.set(what, figures);
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }
}
