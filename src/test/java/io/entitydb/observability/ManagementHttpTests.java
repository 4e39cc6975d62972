package io.entitydb.observability;

import static io.entitydb.storage.config.StatusFixture.notOpen;
import static io.entitydb.storage.config.StatusFixture.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.OpenToAll;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.StoreState.Reason;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What operators get over HTTP, over an engine that tells what each test wants. */
@SpringBootTest(
        classes = ManagementHttpTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ManagementHttpTests {

    @LocalServerPort private int port;
    @Autowired private StandInEngine engine;

    private RestTestClient client = RestTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    static Stream<Case> states() {
        return Stream.of(
                new Case("ready", ready(), 200, 200, 200),
                new Case("one slot", ready().slots(true, false), 200, 200, 200),
                new Case("no slot", ready().slots(false, false), 200, 200, 503),
                new Case("damaged versions", ready().damagedVersions(1), 200, 200, 200),
                new Case("thread dead", ready().writer(false, false, 0), 200, 503, 200),
                new Case("maintenance", readOnly(Reason.MAINTENANCE), 200, 503, 200),
                new Case("full", readOnly(Reason.NO_SPACE), 200, 503, 200),
                new Case("force failed", readOnly(Reason.FORCE_FAILED), 200, 503, 503),
                new Case("damaged", readOnly(Reason.CORRUPTION), 200, 503, 503),
                new Case("opening", notOpen(new StoreState.Opening()), 503, 503, 200),
                new Case("recovering", notOpen(new StoreState.Recovering(1, 2)), 503, 503, 200),
                new Case("closing", ready().state(new StoreState.Closing()), 503, 503, 200),
                new Case("failed", notOpen(new StoreState.Failed("x")), 503, 503, 503));
    }

    @ParameterizedTest
    @MethodSource("states")
    void groupsAnswerByTheStateOfTheStore(Case given) {
        engine.tell(given.fixture().build());

        assertThat(status("/readyz")).isEqualTo(given.ready());
        assertThat(status("/actuator/health/readiness")).isEqualTo(given.ready());
        assertThat(status("/actuator/health/writable")).isEqualTo(given.writable());
        assertThat(status("/actuator/health/integrity-group")).isEqualTo(given.integrity());
    }

    /** A restart heals nothing of this, and would take the diagnostics away. */
    @ParameterizedTest
    @MethodSource("states")
    void noStateOfTheStoreIsAReasonToRestart(Case given) {
        engine.tell(given.fixture().build());

        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/actuator/health/liveness")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "liveness        | livenessState",
                "readiness       | readinessState, store",
                "writable        | readinessState, store, wal, writer",
                "integrity-group | header, wal, corruption, checkpoint"
            })
    void groupsHaveTheirMembers(String group, String members) {
        engine.tell(ready().build());

        assertThat(components("/actuator/health/" + group))
                .containsExactlyInAnyOrder(members.split(", "));
    }

    @Test
    void degradedStoreIsServedAndSaysSo() {
        engine.tell(ready().slots(true, false).build());

        client.get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("DEGRADED")
                .jsonPath("$.components.header.status")
                .isEqualTo("DEGRADED")
                .jsonPath("$.components.header.details.slotBValid")
                .isEqualTo(false)
                .jsonPath("$.components.diskSpace")
                .doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"true, DEGRADED", "false, DOWN"})
    void theWorstContributorDecides(boolean isSlotValid, String status) {
        engine.tell(ready().damagedVersions(1).slots(isSlotValid, false).build());

        client.get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status);
    }

    @Test
    void onlyHealthInfoPrometheusBillOfMaterialsAndStoreAreExposed() {
        // There is a bill of materials where the build has made one.
        assertThat(keys("/actuator", "_links"))
                .filteredOn(name -> !name.startsWith("sbom"))
                .containsExactlyInAnyOrder(
                        "self", "health", "health-path", "info", "prometheus", "store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"env", "configprops", "beans", "heapdump", "loggers", "metrics", "shutdown"})
    void whatTellsOrChangesMoreIsNotThere(String endpoint) {
        assertThat(status("/actuator/" + endpoint)).isEqualTo(404);
    }

    @Test
    void storeEndpointShowsItsFiguresButNotTheSecret() {
        engine.tell(ready().build());

        String body =
                client.get()
                        .uri("/actuator/store")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();

        assertThat(body)
                .contains("\"state\":\"ready\"", "\"generation\":7", "\"allocatedBytes\":16777216")
                .contains("\"scrub\":{\"state\":\"off\",\"pass\":0")
                .contains("\"outcome\":\"RECOVERED\"", "\"createdAt\":\"1970-01-01T00:00:01Z\"")
                .doesNotContain(StatusFixture.SECRET.toString(), "secret");
    }

    @Test
    void storeEndpointCannotBeWritten() {
        client.post().uri("/actuator/store").exchange().expectStatus().isEqualTo(405);
    }

    @Test
    void probesAndScrapesAreNotTimedAsRequests() {
        engine.tell(ready().build());
        List.of("/livez", "/readyz", "/actuator/health", "/actuator/store", "/actuator")
                .forEach(this::status);

        status("/no-such-page");

        assertThat(prometheus().lines().filter(line -> line.startsWith("http_server_requests")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("livez") || line.contains("readyz"))
                .noneMatch(line -> line.contains("actuator"));
    }

    private String prometheus() {
        return Objects.requireNonNull(
                client.get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private int status(String path) {
        return client.get().uri(path).exchange().returnResult(String.class).getStatus().value();
    }

    private List<String> components(String path) {
        return keys(path, "components");
    }

    private List<String> keys(String path, String member) {
        Map<String, Object> body =
                client.get()
                        .uri(path)
                        .exchange()
                        .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                        .returnResult()
                        .getResponseBody();
        assertThat(body).isNotNull();
        return ((Map<?, ?>) Objects.requireNonNull(body.get(member)))
                .keySet().stream().map(Object::toString).toList();
    }

    private static StatusFixture readOnly(Reason reason) {
        return ready().state(new StoreState.ReadOnly(reason, "detail"));
    }

    /** A store, and the answers of the groups about it. */
    record Case(String name, StatusFixture fixture, int ready, int writable, int integrity) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Import(OpenToAll.class)
    @SpringBootApplication(scanBasePackageClasses = StoreMeter.class)
    static class Application {

        @Bean(destroyMethod = "")
        StandInEngine engine() {
            return new StandInEngine(notOpen(new StoreState.Closed()).build());
        }
    }
}
