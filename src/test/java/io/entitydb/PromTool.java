package io.entitydb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prometheus' own judge of metrics and rules; tests that need it are skipped where it is missing.
 */
public final class PromTool {

    private PromTool() {}

    /** Installs it where that is possible, and skips the test where it is not. */
    public static void assume() {
        if (!isThere()) {
            install();
        }
        if (!isThere()) {
            System.out.println("Skipped: promtool is not on the path");
        }
        assumeTrue(isThere(), "promtool is not on the path");
    }

    /** What it prints. */
    public static String run(String... arguments) throws IOException {
        return run(new byte[0], arguments);
    }

    /** What it prints about an input. */
    public static String run(byte[] input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> new File(directory, "promtool").canExecute());
    }

    private static void install() {
        try {
            Process process =
                    new ProcessBuilder(
                                    Path.of("scripts", "install-test-tools").toString(), "promtool")
                            .inheritIO()
                            .start();
            process.onExit().join();
        } catch (IOException e) {
            System.out.println("scripts/install-test-tools: " + e.getMessage());
        }
    }
}
