package io.entitydb.storage;

import org.openjdk.jcstress.infra.processors.JCStressTestProcessor;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Runs jcstress in processes of its own, over the classes named {@code …Stress}. Their runners are
 * generated and compiled when they are needed, so that the compiler of the build has nothing to do
 * with them.
 */
final class StressRun {

    private static final Path SOURCES = Path.of("src", "test", "java");
    private static final Path DIRECTORY = Path.of("target", "jcstress").toAbsolutePath();
    private static final Path CLASSES = DIRECTORY.resolve("classes");
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Pattern VERDICT =
            Pattern.compile("^\\.+ \\[(\\w+)\\] \\S*?(\\w+\\.\\w+)$", Pattern.MULTILINE);

    private final List<String> options;

    /**
     * Runs with these options.
     *
     * @param options of jcstress: which machines it starts, and for how long
     */
    StressRun(List<String> options) {
        this.options = List.copyOf(options);
    }

    /**
     * What came of some tests, by name.
     *
     * @param clean those that saw nothing forbidden
     * @param caught those that did
     */
    record Outcome(Set<String> clean, Set<String> caught) {

        /** Copies the sets. */
        Outcome {
            clean = Set.copyOf(clean);
            caught = Set.copyOf(caught);
        }
    }

    /** Runs the tests whose names fit. */
    Outcome run(String name, String pattern) throws IOException, InterruptedException {
        Path log = DIRECTORY.resolve(name + ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath(), "org.openjdk.jcstress.Main"));
        command.addAll(List.of("-t", pattern, "-r", DIRECTORY.resolve(name).toString(), "-v"));
        command.addAll(options);
        Process process =
                new ProcessBuilder(command)
                        .directory(DIRECTORY.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                // Its tests take the time that the options give them.
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return outcome(Files.readString(log, StandardCharsets.UTF_8), log);
    }

    private static Outcome outcome(String output, Path log) {
        Set<String> clean = new TreeSet<>();
        Set<String> caught = new TreeSet<>();
        Matcher verdicts = VERDICT.matcher(output);
        while (verdicts.find()) {
            switch (verdicts.group(1)) {
                case "OK" -> clean.add(verdicts.group(2));
                case "FAILED" -> caught.add(verdicts.group(2));
                default -> throw new AssertionError(verdicts.group() + ", see " + log);
            }
        }
        clean.removeAll(caught);
        return new Outcome(clean, caught);
    }

    /** To be called before the first run. */
    static void generateRunners() throws IOException {
        Files.createDirectories(CLASSES);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", CLASSES.toString(), "-cp", CLASS_PATH, "-nowarn"),
                            null,
                            files.getJavaFileObjectsFromPaths(sources()));
            task.setProcessors(List.of(new JCStressTestProcessor()));
            if (!task.call()) {
                throw new AssertionError("runners do not compile: " + messages);
            }
        }
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.getFileName().toString().endsWith("Stress.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return Stream.concat(
                        Stream.of(CLASSES.toString()),
                        Stream.of(CLASS_PATH.split(Pattern.quote(separator), -1))
                                .map(place -> Path.of(place).toAbsolutePath().toString()))
                .collect(Collectors.joining(separator));
    }
}
