package io.entitydb.web.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;
import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** Spans, from a request to the collector. */
@ServiceTest
@DirtiesContext
class TracingIT {

    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final Collector COLLECTOR = open();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Autowired private MeterRegistry registry;

    private static Collector open() {
        try {
            return new Collector();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @DynamicPropertySource
    static void send(DynamicPropertyRegistry properties) {
        properties.add(ENDPOINT, COLLECTOR::endpoint);
        properties.add("management.opentelemetry.tracing.export.schedule-delay", () -> "50ms");
        properties.add("management.tracing.sampling.probability", () -> "1.0");
    }

    @AfterAll
    static void close() {
        COLLECTOR.close();
    }

    @Test
    void writeIsASpanWithItsCommitWithinTheTraceOfTheClient(Api admin) {
        String trace = "a" + TRACE.substring(1);
        admin.put(
                        Api.entity("default", "secret-id"),
                        "{\"tags\": [\"colour:secret-tag\"], \"content\": {\"name\": \"secret-content\"}}",
                        "traceparent",
                        "00-" + trace + "-" + PARENT + "-01")
                .expect(201);

        List<ReceivedSpan> spans = spans(trace, 2);

        ReceivedSpan request = named(spans, "http put");
        assertThat(request.parentId()).isEqualTo(PARENT);
        assertThat(request.name()).endsWith("/datasets/{dataset}/entities/{id}");
        assertThat(request.attributes())
                .containsEntry("method", "PUT")
                .containsEntry("status", "201")
                .containsEntry("uri", "/api/v1/datasets/{dataset}/entities/{id}");
        ReceivedSpan commit = named(spans, "commit");
        assertThat(commit.parentId()).isEqualTo(request.spanId());
        assertThat(commit.attributes()).containsEntry("outcome", "done");
        assertThat(spans).hasSize(2).allSatisfy(TracingIT::tellsNothingStored);
    }

    @Test
    void problemDocumentTellsTheIdOfTheSpan(Api admin) {
        Answer missing = admin.get(Api.entity("default", "secret-missing"));

        String trace =
                missing.expectProblem(404, "entity-not-found").json().get("traceId").asString();

        ReceivedSpan request = named(spans(trace, 1), "http get");
        assertThat(request.parentId()).isEmpty();
        assertThat(request.attributes()).containsEntry("status", "404");
        tellsNothingStored(request);
    }

    /** The audit trail has it from where lines of the log have it. */
    @Test
    void logTellsTheIdOfTheSpan(Api admin) {
        String trace = "c" + TRACE.substring(1);
        admin.put(
                        "/api/v1/roles/secret-role",
                        "{\"tags\": []}",
                        "traceparent",
                        "00-" + trace + "-" + PARENT + "-01")
                .expect(200);

        assertThat(spans(trace, 2)).extracting(ReceivedSpan::name).contains("commit");
        JsonNode events = admin.get("/api/v1/audit?limit=1000").expect(200).json().path("items");
        assertThat(StreamSupport.stream(events.spliterator(), false))
                .filteredOn(event -> event.path("target").asString("").equals("secret-role"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.path("traceId").asString()).isEqualTo(trace));
    }

    @Test
    void queryIsASpan(Api admin) {
        String trace = "d" + TRACE.substring(1);
        admin.get(
                        Api.entities("default") + "?tag=colour:secret-tag",
                        "traceparent",
                        "00-" + trace + "-" + PARENT + "-01")
                .expect(200);

        List<ReceivedSpan> spans = spans(trace, 2);

        assertThat(named(spans, "query").parentId()).isEqualTo(named(spans, "http get").spanId());
        assertThat(spans).hasSize(2).allSatisfy(TracingIT::tellsNothingStored);
    }

    @Test
    void conflictIsToldByItsKindAlone(Api admin) {
        String trace = "e" + TRACE.substring(1);
        admin.put(
                        Api.entity("default", "secret-conflict"),
                        "{\"tags\": []}",
                        "If-Match",
                        "\"7\"",
                        "traceparent",
                        "00-" + trace + "-" + PARENT + "-01")
                .expect(412);

        assertThat(spans(trace, 1)).allSatisfy(TracingIT::tellsNothingStored);
    }

    @Test
    void whatTheClientDoesNotWantRecordedIsNot(Api admin) {
        String unsampled = "f" + TRACE.substring(1);
        Answer missing =
                admin.get(
                        Api.entity("default", "none"),
                        "traceparent",
                        "00-" + unsampled + "-" + PARENT + "-00");
        assertThat(missing.json().get("traceId").asString()).isEqualTo(unsampled);
        String later = admin.get(Api.entity("default", "no")).json().get("traceId").asString();

        assertThat(spans(later, 1)).hasSize(1);
        assertThat(COLLECTOR.spans(unsampled)).isEmpty();
    }

    @Test
    void probesAreNoSpansAndStepsNoMeters(Api admin) {
        admin.get("/readyz").expect(200);
        admin.get("/actuator/health").expect(200);
        String later = admin.get(Api.entity("default", "no")).json().get("traceId").asString();

        assertThat(spans(later, 1)).hasSize(1);
        assertThat(COLLECTOR.spans())
                .extracting(ReceivedSpan::name)
                .allMatch(name -> name.matches("commit|query|http .*"))
                .noneMatch(name -> name.contains("readyz") || name.contains("actuator"));
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains("http.server.requests", "entitydb.commit")
                .noneMatch(name -> name.startsWith("entitydb.step"));
        assertThat(COLLECTOR.paths()).containsOnly("/v1/traces");
    }

    private static void tellsNothingStored(ReceivedSpan span) {
        assertThat(span.text()).doesNotContain("secret", "admin", "Bearer", "\tat ");
    }

    private static List<ReceivedSpan> spans(String trace, int count) {
        return await().until(() -> COLLECTOR.spans(trace), spans -> spans.size() >= count);
    }

    private static ReceivedSpan named(List<ReceivedSpan> spans, String beginning) {
        return spans.stream()
                .filter(span -> span.name().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError(beginning + " is not among " + spans));
    }
}
