package io.entitydb.web;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Gives a service directories of its own, for data and for backups, which are gone with it. */
public final class TemporaryDirectory
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Who may do everything in the services of tests. */
    public static final String ADMIN = "admin";

    /** Its password. */
    public static final String PASSWORD = "a password of tests";

    private static final String[] ADMIN_PROPERTIES = {
        "entitydb.security.admin-password=" + PASSWORD, "entitydb.security.access-token-lifetime=1h"
    };

    /** Arguments of a service that is started by itself, and in which {@link #ADMIN} can log in. */
    public static String[] arguments(Path data) {
        return Stream.concat(
                        Stream.of(ADMIN_PROPERTIES),
                        Stream.of("server.port=0", "entitydb.storage.directory=" + data))
                .map(property -> "--" + property)
                .toArray(String[]::new);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path directory = make();
        TestPropertyValues.of(ADMIN_PROPERTIES)
                .and(
                        "entitydb.storage.directory=" + directory.resolve("data"),
                        "entitydb.backup.directory=" + directory.resolve("backups"),
                        // All tests refuse and are refused from one address, in the same minutes.
                        "entitydb.security.limits.audited-refusals=6000",
                        "entitydb.security.limits.failed-logins=100000")
                .applyTo(context);
        // Closing waits for who closes the service already; files go when nobody writes them any
        // more.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    context.close();
                                    remove(directory);
                                }));
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
