package io.entitydb.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of Spring Boot in a process of its own, which listens. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final int port;

    /**
     * Starts a server and waits until it listens.
     *
     * @param arguments of the JVM
     * @throws IOException if it ends before; with what it said
     */
    public ServerProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        port = awaitPort();
        Thread.ofVirtual().start(this::drain);
    }

    private int awaitPort() throws IOException {
        StringBuilder log = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            log.append(line).append('\n');
        }
        throw new IOException("the server did not start:\n" + log);
    }

    /** A full pipe would stop the server. */
    private void drain() {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The process is gone.
        }
    }

    /** The process, for signals and figures. */
    public Process process() {
        return process;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
