package io.entitydb.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A client that was generated from the OpenAPI document compiles and does its work. The profile
 * {@code generated-client} makes the sources and says where they are.
 */
@ServiceTest
@EnabledIfSystemProperty(named = GeneratedClientIT.SOURCES, matches = ".+")
class GeneratedClientIT {

    static final String SOURCES = "generated.client";

    private static final String ROUND_TRIP = "RoundTrip.java";

    @TempDir Path directory;

    private final int port;

    /** The client waits until the service is ready. */
    GeneratedClientIT(Api ready, @LocalServerPort int port) {
        this.port = port;
        ready.get("/readyz").expect(200);
    }

    @Test
    void makesARoundTrip() throws Exception {
        compile(sources());

        URL[] classes = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            Object trip =
                    loader.loadClass("io.entitydb.generated.RoundTrip")
                            .getConstructor()
                            .newInstance();
            @SuppressWarnings("unchecked")
            BiConsumer<String, String> roundTrip = (BiConsumer<String, String>) trip;
            roundTrip.accept("http://127.0.0.1:" + port, Api.tokenOfAdmin(port));
        }
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Path generated = Path.of(Objects.requireNonNull(System.getProperty(SOURCES)));
        try (Stream<Path> files = Files.walk(generated)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        assertThat(sources).hasSizeGreaterThan(30);
        Path program = directory.resolve(ROUND_TRIP);
        try (InputStream text = getClass().getResourceAsStream(ROUND_TRIP + ".txt")) {
            Files.copy(Objects.requireNonNull(text), program);
        }
        sources.add(program);
        return sources;
    }

    private void compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of(
                        "-d",
                        directory.toString(),
                        "-proc:none",
                        "-nowarn",
                        "-classpath",
                        System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(
                            compiler.getTask(
                                            null,
                                            files,
                                            null,
                                            options,
                                            null,
                                            files.getJavaFileObjectsFromPaths(sources))
                                    .call())
                    .as("the generated client compiles")
                    .isTrue();
        }
    }
}
