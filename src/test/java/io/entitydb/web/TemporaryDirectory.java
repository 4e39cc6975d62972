package io.entitydb.web;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a service a data directory of its own, which is gone with it. */
public final class TemporaryDirectory
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path directory = make();
        TestPropertyValues.of("entitydb.storage.directory=" + directory).applyTo(context);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
    }

    private static Path make() {
        try {
            return Files.createTempDirectory("entitydb-web");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }

    private static void remove(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("temporary directory stays", e);
        }
    }
}
