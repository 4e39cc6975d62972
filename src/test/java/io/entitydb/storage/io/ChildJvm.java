package io.entitydb.storage.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of this one; it ends with {@link #close} at the latest. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    /** Runs a class's main method. */
    ChildJvm(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Compiles on the calling thread, so that a warm method is a compiled one.
        command.addAll(List.of("-Xmx64m", "-XX:-BackgroundCompilation", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The next line it prints. */
    String line() throws IOException {
        return String.valueOf(output.readLine());
    }

    long pid() {
        return process.pid();
    }

    /** Kills it and waits until it is gone. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        output.close();
    }
}
