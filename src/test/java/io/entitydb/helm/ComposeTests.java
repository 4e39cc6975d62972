package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entitydb.PromTool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service with Prometheus and Grafana on one machine, as far as it can be tried without them.
 */
class ComposeTests {

    private static final Path DIRECTORY = Path.of("deploy", "compose");
    private static final Path ALERTS = DIRECTORY.resolve("alerts.yaml");

    private final JsonNode compose = yaml(DIRECTORY.resolve("compose.yaml"));

    @ParameterizedTest
    @ValueSource(strings = {"entitydb", "prometheus", "grafana"})
    void onlyThisMachineReachesThePorts(String service) {
        assertThat(compose.at("/services/" + service + "/ports").valueStream())
                .isNotEmpty()
                .allMatch(port -> port.asString().startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"entitydb", "prometheus", "grafana"})
    void whatIsMountedIsThere(String service) {
        for (JsonNode mount : compose.at("/services/" + service + "/volumes")) {
            String source = mount.asString().substring(0, mount.asString().indexOf(':'));
            if (source.startsWith(".")) {
                assertThat(DIRECTORY.resolve(source)).isRegularFile();
                assertThat(mount.asString()).endsWith(":ro");
            } else {
                assertThat(compose.at("/volumes").propertyNames()).contains(source);
            }
        }
    }

    @Test
    void serviceRunsAsInACluster() {
        JsonNode service = compose.at("/services/entitydb");

        assertThat(DIRECTORY.resolve(service.at("/build").asString()).resolve("Dockerfile"))
                .isRegularFile();
        assertThat(service.at("/read_only").booleanValue()).isTrue();
        assertThat(service.at("/tmpfs").toString()).isEqualTo("[\"/tmp\"]");
        assertThat(service.at("/cap_drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(service.at("/environment/ENTITYDB_SECURITY_ANONYMOUSENDPOINTS").asString())
                .isEqualTo("health,prometheus");
    }

    @Test
    void prometheusReadsTheManagementPort() {
        JsonNode scrape = yaml(DIRECTORY.resolve("prometheus.yaml")).at("/scrape_configs/0");

        assertThat(scrape.at("/static_configs/0/targets/0").asString()).isEqualTo("entitydb:9090");
        assertThat(scrape.at("/metrics_path").asString()).isEqualTo("/actuator/prometheus");
    }

    @Test
    void promtoolFindsNothingToSay() throws IOException {
        PromTool.assume();

        assertThat(PromTool.run("check", "config", DIRECTORY.resolve("prometheus.yaml").toString()))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    /** Those that need no cluster. */
    @Test
    void alertsAreThoseOfTheChart() throws IOException {
        String expected = Alerts.withoutCluster("job=\"entitydb\"");
        if (Boolean.getBoolean("chart.update")) {
            Files.writeString(ALERTS, expected);
        }

        assertThat(Files.readString(ALERTS))
                .as("the chart's README.md tells how to write it anew")
                .isEqualTo(expected);
        assertThat(yaml(ALERTS).at("/groups")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void composeItselfUnderstandsTheFile() throws Exception {
        boolean isThere = docker("version").code() == 0;
        if (!isThere) {
            System.out.println("Skipped: there is no docker compose");
        }
        assumeTrue(isThere, "there is no docker compose");

        assertThat(
                        docker(
                                "--file",
                                DIRECTORY.resolve("compose.yaml").toString(),
                                "config",
                                "--quiet"))
                .isEqualTo(new Output(0, ""));
    }

    private static Output docker(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            return new Output(127, String.valueOf(e.getMessage()));
        }
    }

    /** What a command said. */
    private record Output(int code, String text) {}

    private static JsonNode yaml(Path file) {
        try {
            Object document = new Yaml().load(Files.readString(file));
            return Rendered.json(document == null ? Map.of() : document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
