package io.entitydb.storage.config;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.OsDisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that has a store open: until it is closed, or its input ends. */
public final class DirectoryHolder implements AutoCloseable {

    private final Process process;

    /** Starts the process and waits until it has the store open. */
    public DirectoryHolder(Path directory) throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DirectoryHolder.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String line = output().readLine();
        if (!"open".equals(line)) {
            close();
            throw new IOException("process said " + line);
        }
    }

    private BufferedReader output() {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /**
     * The other process.
     *
     * @param arguments the data directory
     */
    public static void main(String[] arguments) throws IOException {
        try (StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(Path.of(arguments[0])),
                        StorageOptions.defaults(),
                        StorageObserver.NONE)) {
            engine.open();
            System.out.println("open");
            while (System.in.read() >= 0) {
                // Only its end matters.
            }
        }
    }
}
