package io.entitydb.storage;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of the coverage-guided fuzzer over a target, in a JVM of its own with little memory. What
 * it found, and the inputs that reach code which no other reaches, stay in a directory below {@code
 * target/fuzz}.
 */
final class FuzzRun {

    private static final String HEAP = "-Xmx256m";
    private static final int MOST_BYTES_OF_AN_INPUT = 4096;
    private static final int MOST_SECONDS_FOR_AN_INPUT = 5;
    private static final Pattern EXECUTIONS =
            Pattern.compile("^stat::number_of_executed_units: (\\d+)$", Pattern.MULTILINE);

    private final FuzzTarget target;
    private final Path directory;

    FuzzRun(FuzzTarget target) {
        this.target = target;
        directory = Path.of("target", "fuzz", target.label()).toAbsolutePath();
    }

    /** Inputs of this run. */
    Path corpus() {
        return directory.resolve("corpus");
    }

    /**
     * Gives the target so many inputs.
     *
     * @return how many it was given
     * @throws AssertionError if one was neither answered nor refused, or took too long or too much
     */
    long run(long executions, long seed) throws IOException, InterruptedException {
        FuzzCorpus.unpack(target, corpus());
        return run(
                List.of(
                        "-runs=" + executions,
                        "-seed=" + (seed & Integer.MAX_VALUE),
                        corpus().toString()));
    }

    /** Leaves only inputs in a directory that together reach what all inputs of this run do. */
    void mergeInto(Path minimal) throws IOException, InterruptedException {
        Files.createDirectories(minimal);
        start(List.of("-merge=1", "-use_counters=0", minimal.toString(), corpus().toString()));
    }

    private long run(List<String> arguments) throws IOException, InterruptedException {
        int exit = start(arguments);
        String output = Files.readString(log(), StandardCharsets.ISO_8859_1);
        Matcher executions = EXECUTIONS.matcher(output);
        if (exit != 0 || !executions.find()) {
            throw new AssertionError(
                    "fuzzing %s ended with %d, see %s:%n%s"
                            .formatted(target.label(), exit, log(), findings(output)));
        }
        return Long.parseLong(executions.group(1));
    }

    private int start(List<String> arguments) throws IOException, InterruptedException {
        Files.createDirectories(corpus());
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        HEAP,
                                        "-XX:+UseSerialGC",
                                        "-XX:+EnableDynamicAgentLoading",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        classPath(),
                                        Jazzer.class.getName(),
                                        "--target_class=" + target.className(),
                                        "--instrumentation_includes=io.entitydb.**",
                                        "--custom_hook_includes=io.entitydb.**",
                                        "--reproducer_path=" + directory,
                                        "-artifact_prefix=" + directory + "/",
                                        "-max_len=" + MOST_BYTES_OF_AN_INPUT,
                                        "-timeout=" + MOST_SECONDS_FOR_AN_INPUT,
                                        "-print_final_stats=1"),
                                arguments.stream())
                        .toList();
        Process fuzzer =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        try {
            while (!fuzzer.waitFor(1, TimeUnit.SECONDS)) {
                // Each input has its own time limit, so it ends.
            }
            return fuzzer.exitValue();
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private Path log() {
        return directory.resolve("log.txt");
    }

    /** The targets, what they test, and the fuzzer: with less on it, the fuzzer begins sooner. */
    private static String classPath() {
        return Stream.of(FuzzRun.class, StorageEngine.class, Jazzer.class, FuzzedDataProvider.class)
                .map(FuzzRun::placeOf)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String findings(String output) {
        return output.lines()
                .dropWhile(line -> !line.startsWith("== "))
                .limit(25)
                .collect(Collectors.joining("\n"));
    }
}
