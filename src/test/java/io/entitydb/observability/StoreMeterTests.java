package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.OpenToAll;
import io.entitydb.PromTool;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.config.StandInEngine;
import io.entitydb.storage.config.StatusFixture;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The enum is the documentation of the meters: what Prometheus reads is what it says. */
@SpringBootTest(
        classes = StoreMeterTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreMeterTests {

    private static final Set<String> LABELS =
            Set.of(
                    "kind",
                    "reason",
                    "result",
                    "trigger",
                    "contended",
                    "point",
                    "state",
                    "section",
                    "outcome",
                    "part",
                    "type",
                    "version");

    @LocalServerPort private int port;

    private String text = "";
    private PrometheusText shown = new PrometheusText(Map.of(), List.of());

    @BeforeAll
    void scrape() {
        text =
                Objects.requireNonNull(
                        RestTestClient.bindToServer()
                                .baseUrl("http://localhost:" + port)
                                .build()
                                .get()
                                .uri("/actuator/prometheus")
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody());
        shown = PrometheusText.parse(text, "entitydb_");
    }

    @Test
    void namesAndTypesAreThoseOfTheEnumAndNoOthers() {
        Map<String, String> documented = new TreeMap<>();
        for (StoreMeter meter : StoreMeter.values()) {
            documented.put(MeterNames.family(meter), type(meter));
            if (MeterNames.hasMaximum(meter)) {
                documented.put(MeterNames.family(meter) + "_max", "gauge");
            }
        }

        assertThat(shown.types()).containsExactlyInAnyOrderEntriesOf(documented);
    }

    @ParameterizedTest
    @EnumSource
    void everyCombinationOfLabelsIsThereFromTheStart(StoreMeter meter) {
        List<Map<String, String>> labels = shown.labels(sample(meter));

        if (meter == StoreMeter.STORE_INFO) {
            assertThat(labels).singleElement().extracting(Map::keySet).isEqualTo(Set.of("version"));
        } else {
            assertThat(labels).containsExactlyInAnyOrderElementsOf(combinations(meter.labels()));
        }
    }

    @Test
    void namesOfSamplesAreThoseThatAlertsAndDashboardMayUse() {
        assertThat(shown.samples())
                .extracting(PrometheusText.Sample::name)
                .hasSameElementsAs(MeterNames.all());
    }

    @Test
    void namesOfTheProcessThatAlertsAndDashboardUseAreThere() {
        assertThat(PrometheusText.parse(text, "").samples())
                .extracting(PrometheusText.Sample::name)
                .containsAll(PlatformNames.PROCESS);
    }

    @Test
    void everyEventCountsFromZero() {
        assertThat(shown.samples())
                .filteredOn(
                        sample ->
                                !Set.of("entitydb_store_state", "entitydb_store_info")
                                        .contains(sample.name()))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.value()).as(sample.name()).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void descriptionIsShown(StoreMeter meter) {
        assertThat(text)
                .contains("# HELP " + MeterNames.family(meter) + " " + meter.description() + "\n");
    }

    /** Labels are few and their values fixed; ids, tags, datasets and users are none of them. */
    @Test
    void labelsAreFromAShortListOfHarmlessOnes() {
        assertThat(shown.samples())
                .flatExtracting(sample -> List.copyOf(sample.labels().keySet()))
                .allSatisfy(
                        label -> assertThat(LABELS.contains(label) || label.equals("le")).isTrue());
    }

    @Test
    void forcesHaveBucketsFromFiftyMicrosecondsToTenSeconds() {
        assertThat(shown.labels("entitydb_wal_fsync_seconds_bucket"))
                .extracting(labels -> labels.get("le"))
                .hasSize(18)
                .startsWith("5.0E-5")
                .containsSequence("10.0", "+Inf");
    }

    @Test
    void promtoolFindsNothingToSay() throws Exception {
        PromTool.assume();
        String lines =
                text.lines()
                        .filter(line -> line.contains("entitydb_"))
                        .collect(Collectors.joining("\n", "", "\n"));

        assertThat(PromTool.run(lines.getBytes(StandardCharsets.UTF_8), "check", "metrics"))
                .isEmpty();
    }

    private static List<Map<String, String>> combinations(List<MeterLabel> labels) {
        List<Map<String, String>> found = List.of(Map.of());
        for (MeterLabel label : labels) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : found) {
                for (String value : label.values()) {
                    Map<String, String> next = new TreeMap<>(shorter);
                    next.put(label.name(), value);
                    longer.add(next);
                }
            }
            found = longer;
        }
        return found;
    }

    private static String sample(StoreMeter meter) {
        return switch (meter.kind()) {
            case COUNTER, GAUGE -> MeterNames.family(meter);
            case TIMER, HISTOGRAM, SUMMARY -> MeterNames.family(meter) + "_count";
        };
    }

    private static String type(StoreMeter meter) {
        return switch (meter.kind()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER, SUMMARY -> "summary";
            case HISTOGRAM -> "histogram";
        };
    }

    @Import(OpenToAll.class)
    @SpringBootApplication(scanBasePackageClasses = StoreMeter.class)
    static class Application {

        @Bean(destroyMethod = "")
        StandInEngine engine() {
            return new StandInEngine(StatusFixture.notOpen(new StoreState.Closed()).build());
        }
    }
}
