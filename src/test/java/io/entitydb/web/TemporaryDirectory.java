package io.entitydb.web;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a service directories of its own, for data and for backups, which are gone with it. */
public final class TemporaryDirectory
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path directory = make();
        TestPropertyValues.of(
                        "entitydb.storage.directory=" + directory.resolve("data"),
                        "entitydb.backup.directory=" + directory.resolve("backups"))
                .applyTo(context);
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
