package io.entitydb.benchmark;

import org.openjdk.jmh.generators.BenchmarkProcessor;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Runs {@link EngineAllocations} with JMH and its gc profiler in processes of their own. The
 * runners are generated and compiled when they are needed, so that the compiler of the build has
 * nothing to do with them.
 */
final class AllocationRun {

    /** Property that says where stores are made. */
    static final String DIRECTORY = "benchmark.allocations";

    private static final Path SOURCE =
            Path.of("src/jmh/java/io/entitydb/benchmark/EngineAllocations.java");

    /** Id, tags and content: what an entity of the workload is. */
    private static final double ENTITY_BYTES = 16 + 55 + Workload.CONTENT_BYTES;

    private static final Map<String, String> NAMES =
            Map.of(
                    "commit", "allocated, commit",
                    "commitWithSearch", "allocated, commit with search",
                    "read", "allocated, read in bytes",
                    "page", "allocated, page of 50");

    private final Path directory;
    private final Figures figures;

    AllocationRun(Path directory, Figures figures) {
        this.directory = directory.toAbsolutePath();
        this.figures = figures;
    }

    void run() throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        generateRunners(classes);
        Path results = directory.resolve("results.json");
        String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-classpath",
                        classPath,
                        "org.openjdk.jmh.Main",
                        "EngineAllocations",
                        "-f",
                        "1",
                        "-wi",
                        "3",
                        "-i",
                        "3",
                        "-w",
                        "1",
                        "-r",
                        "1",
                        "-prof",
                        "gc",
                        "-rf",
                        "json",
                        "-rff",
                        results.toString(),
                        "-jvmArgs",
                        "-Xmx1g --enable-native-access=ALL-UNNAMED -D"
                                + DIRECTORY
                                + "="
                                + directory.resolve("stores"));
        Path log = directory.resolve("jmh.txt");
        int status =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (status != 0 || !Files.exists(results)) {
            throw new IllegalStateException("JMH failed: " + Files.readString(log));
        }
        read(JsonMapper.shared().readTree(results.toFile()));
    }

    private void read(JsonNode results) {
        for (JsonNode result : results) {
            String method = result.get("benchmark").asString();
            method = method.substring(method.lastIndexOf('.') + 1);
            double bytes =
                    result.get("secondaryMetrics")
                            .get("gc.alloc.rate.norm")
                            .get("score")
                            .asDouble();
            Contender contender =
                    method.equals("page") || method.equals("commitWithSearch")
                            ? Contender.ENTITYDB
                            : Contender.ENGINE;
            figures.add(Figure.of(NAMES.getOrDefault(method, method), contender, "bytes", bytes));
            if (method.equals("read")) {
                figures.add(
                        Figure.of(
                                "allocated, read",
                                contender,
                                "bytes a byte",
                                bytes / ENTITY_BYTES));
            }
        }
    }

    private static void generateRunners(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-nowarn"),
                            null,
                            files.getJavaFileObjects(SOURCE));
            task.setProcessors(List.of(new BenchmarkProcessor()));
            if (!task.call()) {
                throw new IllegalStateException("runners do not compile: " + messages);
            }
        }
    }
}
