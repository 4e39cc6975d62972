package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The image is built and does its work with a read-only root. Where there is no Docker this is
 * skipped, and {@code scripts/image-with-buildah} looks at the same.
 */
@Testcontainers(disabledWithoutDocker = true)
class ImageIT {

    private static final String IMAGE = "entitydb:it";

    @BeforeAll
    static void build() throws Exception {
        // The client, because the library that tests use does not know mounts of caches.
        Process build =
                new ProcessBuilder("docker", "build", "--tag", IMAGE, ".")
                        .directory(Path.of("").toAbsolutePath().toFile())
                        .inheritIO()
                        .start();
        assertThat(build.waitFor()).isZero();
    }

    @Test
    void servesAsAnotherUserWithAReadOnlyRoot() throws Exception {
        try (GenericContainer<?> container = container()) {
            container.start();

            assertThat(status(container, 8080, "/readyz")).isEqualTo(200);
            assertThat(status(container, 9090, "/actuator/health")).isEqualTo(200);
            assertThat(status(container, 8080, "/actuator/health")).isNotEqualTo(200);
            assertThat(container.execInContainer("id", "-u").getStdout()).isEqualTo("10001\n");
            assertThat(container.execInContainer("touch", "/app/file").getExitCode()).isNotZero();
            assertThat(container.getLogs()).contains("\"message\":\"store opened\"");
        }
    }

    @Test
    void runsCommands() {
        try (GenericContainer<?> container = container()) {
            container
                    .withCommand("verify", "--help")
                    .withStartupCheckStrategy(new OneShotStartupCheckStrategy())
                    .waitingFor(Wait.forLogMessage(".*verify.*\\n", 1))
                    .start();

            assertThat(container.getLogs()).contains("verify");
        }
    }

    private static GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withExposedPorts(8080, 9090)
                .withTmpFs(Map.of("/tmp", "rw"))
                .withCreateContainerCmdModifier(
                        command -> {
                            var host = command.getHostConfig();
                            if (host != null) {
                                host.withReadonlyRootfs(true);
                            }
                        })
                .waitingFor(
                        Wait.forHttp("/readyz")
                                .forPort(8080)
                                .withStartupTimeout(Duration.ofMinutes(3)));
    }

    private static int status(GenericContainer<?> container, int port, String path)
            throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://%s:%d%s"
                                .formatted(
                                        container.getHost(), container.getMappedPort(port), path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
