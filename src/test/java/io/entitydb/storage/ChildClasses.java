package io.entitydb.storage;

import io.entitydb.storage.io.OsDisk;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * Where a child process takes its classes from, so that hundreds of them start quickly: archives of
 * the engine and its tests, and an image of the classes that an earlier child had loaded. Made once
 * in a test process.
 */
final class ChildClasses {

    private static final Path PLACE = Path.of("target", "child-classes");
    private static final long PATIENCE_SECONDS = 60;

    private ChildClasses() {}

    /** Holds what is made once. */
    private static final class Once {
        private static final List<String> OPTIONS = prepared();
    }

    /** Options of the JVM that tell it. */
    static List<String> options() {
        return Once.OPTIONS;
    }

    /** Where a class comes from. */
    static Path placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where anything fails, children start from the class path, only more slowly. */
    private static List<String> prepared() {
        Path image = PLACE.resolve("child.jsa");
        try {
            Files.createDirectories(PLACE);
            Files.deleteIfExists(image);
            String packed = packed(StorageEngine.class) + ":" + packed(KillChild.class);
            if (isImaged(packed, image)) {
                return List.of("-XX:SharedArchiveFile=" + image, "-cp", packed);
            }
        } catch (IOException e) {
            System.out.println("children start from the class path: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of("-cp", placeOf(StorageEngine.class) + ":" + placeOf(KillChild.class));
    }

    /** The classes of the engine's packages, of the place that a class comes from. */
    private static Path packed(Class<?> type) throws IOException {
        Path classes = placeOf(type);
        if (!Files.isDirectory(classes)) {
            return classes;
        }
        Path jar = PLACE.resolve(type.getSimpleName() + ".jar");
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--create", "--no-compress", "--file", jar.toString()));
        for (String part : List.of("storage", "entity", "temporal")) {
            if (Files.isDirectory(classes.resolve("io/entitydb/" + part))) {
                arguments.addAll(List.of("-C", classes.toString(), "io/entitydb/" + part));
            }
        }
        int failed =
                ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.out, arguments.toArray(String[]::new));
        if (failed != 0) {
            throw new IOException("jar " + arguments + " failed");
        }
        return jar;
    }

    /** The first child ends properly, and then writes down what it had loaded. */
    private static boolean isImaged(String packed, Path image)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("child");
        List<String> command = new ArrayList<>();
        command.add(KillProcess.java());
        command.addAll(KillProcess.OPTIONS);
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + image, "-cp", packed));
        command.addAll(KillProcess.program(data, 1, KillChild.Mode.WRITE));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().limit(100).forEach(line -> {});
            child.toHandle().destroy();
            lines.lines().forEach(line -> {});
            return child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && Files.exists(image);
        } finally {
            child.destroyForcibly().waitFor();
            for (String file : new OsDisk(data).list()) {
                Files.delete(data.resolve(file));
            }
            Files.delete(data);
        }
    }
}
