package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A running {@link KillChild}; killed at the latest when it is closed. */
final class KillProcess implements AutoCloseable {

    /** A small JVM that starts quickly and prints nothing of its own. */
    static final List<String> OPTIONS =
            List.of(
                    "-Xmx64m",
                    "-Xshare:auto",
                    "-Xlog:disable",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData");

    /** How a process ends that was killed. */
    static final int KILLED = 128 + 9;

    /** How a JVM ends that was told to. */
    static final int TERMINATED = 128 + 15;

    private static final long PATIENCE_SECONDS = 60;

    /** Characters of a thread's name that the system keeps. */
    private static final int NAME_LENGTH = 15;

    private final Process process;
    private final BufferedReader lines;

    private KillProcess(Process process) {
        this.process = process;
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one in a directory. */
    static KillProcess start(Path directory, long seed, KillChild.Mode mode) throws IOException {
        return start(List.of(), directory, seed, mode);
    }

    /**
     * Starts one by way of another command.
     *
     * @param prefix the command, which runs what follows it and becomes it
     */
    static KillProcess start(List<String> prefix, Path directory, long seed, KillChild.Mode mode)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(java());
        command.addAll(OPTIONS);
        command.addAll(ChildClasses.options());
        command.addAll(program(directory, seed, mode));
        return new KillProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The command that starts a JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What the JVM runs, with its arguments. */
    static List<String> program(Path directory, long seed, KillChild.Mode mode) {
        return List.of(
                KillChild.class.getName(), directory.toString(), Long.toString(seed), mode.name());
    }

    /** The next line that it prints; null if there is none any more. */
    @Nullable String line() throws IOException {
        return lines.readLine();
    }

    void awaitReady() throws IOException {
        assertThat(line()).isEqualTo(KillChild.READY);
    }

    /** Lets it go on where it waits for its standard input. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    long pid() {
        return process.pid();
    }

    /** The system's number of one of its threads; waits until the thread has its name. */
    long thread(String name) throws InterruptedException {
        String known = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        OptionalLong found = numberOf(known);
        while (found.isEmpty() && isAliveFor(1)) {
            found = numberOf(known);
        }
        return found.orElseThrow();
    }

    private OptionalLong numberOf(String name) {
        String[] tasks = new File("/proc/" + pid() + "/task").list();
        return Arrays.stream(tasks == null ? new String[0] : tasks)
                .filter(task -> name.equals(nameOf(task)))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private String nameOf(String task) {
        try {
            return Files.readString(Path.of("/proc/" + pid() + "/task/" + task + "/comm")).strip();
        } catch (IOException e) {
            // The thread has ended meanwhile.
            return "";
        }
    }

    /** Sends a signal, for example {@code TERM}. */
    void signal(String name) throws IOException, InterruptedException {
        Process sender =
                new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).inheritIO().start();
        assertThat(sender.waitFor()).as("kill -%s", name).isZero();
    }

    /** Sends SIGKILL; what is in the pipe can still be read. */
    void kill() throws InterruptedException {
        // Unlike the process itself, its handle leaves the pipe open.
        process.toHandle().destroyForcibly();
        assertThat(exitCode()).as("ended by SIGKILL").isEqualTo(KILLED);
    }

    /** Waits until it has ended. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("has ended").isTrue();
        return process.exitValue();
    }

    /** Whether it runs on for a while. */
    boolean isAliveFor(long millis) throws InterruptedException {
        return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        lines.close();
    }
}
