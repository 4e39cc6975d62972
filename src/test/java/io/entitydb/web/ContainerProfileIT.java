package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The profile that the image activates: what clients reach, and what operators do. */
@ServiceTest
@ActiveProfiles("container")
@TestPropertySource(
        properties = {
            "management.server.port=0",
            "entitydb.security.anonymous-endpoints=health,prometheus"
        })
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class ContainerProfileIT {

    @LocalServerPort private int port;
    @LocalManagementPort private int managementPort;
    @Autowired private Environment environment;

    private RestTestClient clients = RestTestClient.bindToServer().build();
    private RestTestClient operators = RestTestClient.bindToServer().build();

    /** Spring Boot tells the log of a process by this, and does not take it back. */
    @AfterAll
    static void logAsBefore() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @BeforeEach
    void connect() {
        clients = at(port);
        operators = at(managementPort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void probesAreWhereTheServiceIs(String path) {
        assertThat(status(clients, path)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health, 200",
        "/actuator/health/liveness, 200",
        "/actuator/prometheus, 200",
        "/actuator/store, 401",
        "/actuator/sbom, 401"
    })
    void managementHasItsOwnPort(String path, int status) {
        assertThat(status(operators, path)).isEqualTo(status);
        assertThat(status(clients, path)).isIn(401, 404);
    }

    @Test
    void interfaceIsNotOnTheManagementPort(Api admin) {
        assertThat(admin.get("/api/v1/datasets").status()).isEqualTo(200);
        assertThat(status(operators, "/api/v1/datasets")).isIn(401, 404);
    }

    @Test
    void everyAddressIsServedAndDataIsInTheVolume() {
        assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
        assertThat(environment.getProperty("management.server.address")).isEqualTo("0.0.0.0");
        assertThat(environment.getProperty("logging.structured.format.console")).isEqualTo("ecs");
    }

    /** What a request logs carries its trace id: {@code TraceFilter} puts it beside the message. */
    @Test
    void logIsJsonWithFiguresAndTheTraceId(CapturedOutput output) {
        MDC.put("traceId", "4bf92f3577b34da6");
        try {
            LoggerFactory.getLogger(ContainerProfileIT.class)
                    .atInfo()
                    .addKeyValue("figure", 7)
                    .log("a line");
        } finally {
            MDC.remove("traceId");
        }

        JsonNode line =
                output.getOut()
                        .lines()
                        .filter(text -> text.contains("\"a line\""))
                        .map(text -> JsonMapper.shared().readTree(text))
                        .findFirst()
                        .orElseThrow();
        assertThat(line.at("/log/level").asString()).isEqualTo("INFO");
        assertThat(line.at("/service/name").asString()).isEqualTo("entitydb");
        assertThat(line.at("/figure").intValue()).isEqualTo(7);
        assertThat(line.at("/traceId").asString()).isEqualTo("4bf92f3577b34da6");
        assertThat(line.has("@timestamp")).isTrue();
    }

    private static RestTestClient at(int port) {
        return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    private static int status(RestTestClient client, String path) {
        return client.get().uri(path).exchange().returnResult(String.class).getStatus().value();
    }
}
