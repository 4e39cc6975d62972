package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tool that traces a process's calls to the system and tampers with them.
 *
 * <p>It counts calls of each kind for each thread on its own. So the n-th call of the engine's
 * writer is hit by tracing that thread alone, and the n-th call of an opening, which is the work of
 * one thread, by tracing all from the start.
 */
final class Strace {

    /** Kinds of calls that change what is on the disk; not every machine has each of them. */
    static final List<String> CALLS =
            List.of(
                    "pwrite64",
                    "fdatasync",
                    "fsync",
                    "ftruncate",
                    "?rename",
                    "?renameat",
                    "?unlink",
                    "?unlinkat",
                    "?mkdir",
                    "?mkdirat");

    private static final Path INSTALLATION = Path.of("scripts", "install-test-tools");
    private static final long INSTALLATION_SECONDS = 180;

    private Strace() {}

    /** Whether it is here, or could be installed, and may trace a process that it has not begun. */
    static boolean isUsable() throws IOException, InterruptedException {
        try {
            return isDone(List.of(INSTALLATION.toString()), INSTALLATION_SECONDS) && mayAttach();
        } catch (IOException e) {
            System.out.println("strace cannot be used: " + e.getMessage());
            return false;
        }
    }

    private static boolean mayAttach() throws IOException, InterruptedException {
        Process idle = new ProcessBuilder("cat").start();
        try (BufferedReader messages = attached(idle.pid(), "trace=none")) {
            return messages.ready() || idle.isAlive();
        } catch (AssertionError e) {
            System.out.println("strace cannot be used: " + e.getMessage());
            return false;
        } finally {
            idle.destroyForcibly().waitFor();
        }
    }

    private static boolean isDone(List<String> command, long seconds)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** SIGKILL instead of a thread's n-th call of a kind. */
    static String kill(String call, int n) {
        return "inject=" + call + ":signal=KILL:when=" + n;
    }

    /** An error as the answer of a thread's n-th call of a kind, which is not made. */
    static String error(String call, String error, int n) {
        return "inject=" + call + ":error=" + error + ":when=" + n;
    }

    /** What starts a process that is traced from its first call on, and is its parent's child. */
    static List<String> launching(String call, String injection) {
        return List.of(
                "strace",
                "-D",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                injection);
    }

    /** Begins to trace one thread; it is traced until it ends. */
    static void attach(long thread, String call, String injection) throws IOException {
        attached(thread, "trace=" + call, "-e", injection).close();
    }

    private static BufferedReader attached(long thread, String... expressions) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-o", "/dev/null", "-p", String.valueOf(thread)));
        command.add("-e");
        command.addAll(List.of(expressions));
        Process tracer = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader messages = tracer.inputReader(StandardCharsets.UTF_8);
        try {
            assertThat(messages.readLine()).as("message of strace").contains("attached");
        } catch (UncheckedIOException | AssertionError e) {
            tracer.destroy();
            throw e;
        }
        return messages;
    }
}
