package io.entitydb.benchmark;

import jdk.jfr.Recording;

import one.convert.Arguments;
import one.convert.JfrToFlame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Draws where the processor was while something was measured: a page for a browser. */
final class FlameGraphs {

    private static final Duration PERIOD = Duration.ofMillis(10);

    private final @Nullable Path directory;

    /** Draws into a directory, or nothing at all. */
    FlameGraphs(@Nullable Path directory) {
        this.directory = directory;
    }

    /** What is measured. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException, IOException;
    }

    /** Measures, and draws what that was. */
    void around(String name, Work work) throws InterruptedException, IOException {
        if (directory == null) {
            work.run();
            return;
        }
        Files.createDirectories(directory);
        Path samples = directory.resolve(name + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(samples);
        }
        JfrToFlame.convert(
                samples.toString(),
                directory.resolve(name + ".html").toString(),
                new Arguments("--title", name));
        Files.delete(samples);
    }
}
