package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whatever is wrong with a request, its answer says so and names the place. */
@ServiceTest
class BadInputIT {

    private static final String DATASETS = "/api/v1/datasets";
    private static final String ENTITY = Api.entity("default", "bad-input");
    private static final String ENTITIES = Api.entities("default");
    private static final Pattern ROW =
            Pattern.compile("(\\S+) (\\S+) (\\S+) (\\d+) (\\S+) (\\S+) ?(.*)");

    private final Api api;

    BadInputIT(Api api) {
        this.api = api;
    }

    /**
     * A bad request.
     *
     * @param type media type of the body; empty for none
     * @param fault the place that the answer names; empty for none
     */
    record Bad(
            String method,
            String path,
            String type,
            String body,
            int status,
            String code,
            String fault) {

        @Override
        public String toString() {
            String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
            return method + " " + path + " " + type + " " + shown;
        }
    }

    @BeforeEach
    void make() {
        api.put(ENTITY, "{\"content\": {\"a\": 1}}");
    }

    static Stream<Bad> table() throws IOException {
        return new ClassPathResource("web/bad-requests.txt")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(BadInputIT::read);
    }

    /** Those whose bodies are too long for a table. */
    static Stream<Bad> longBodies() {
        String deep = "[".repeat(600) + "]".repeat(600);
        return Stream.of(
                put("[".repeat(1000), "invalid-body", ""),
                put("{\"content\": " + deep + "}", "invalid-body", "/content"),
                put("{\"content\": " + "9".repeat(1200) + "}", "invalid-body", ""),
                put("{\"tags\": [\"a:" + "x".repeat(1023) + "\"]}", "invalid-entity", "/tags/0"),
                put(tags(1001), "invalid-entity", "/tags"),
                put(
                        "{\"contentType\": \"text/" + "x".repeat(130) + "\"}",
                        "invalid-entity",
                        "/contentType"),
                post(ENTITIES, "{\"id\": \"" + "x".repeat(256) + "\"}", "invalid-entity", "/id"),
                post(DATASETS, "{\"name\": \"" + "x".repeat(64) + "\"}", "invalid-body", "/name"));
    }

    private static Bad read(String line) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        List<String> cells =
                IntStream.rangeClosed(1, 7)
                        .mapToObj(row::group)
                        .map(cell -> cell.equals("-") ? "" : cell)
                        .toList();
        String type =
                switch (cells.get(2)) {
                    case "json" -> "application/json";
                    case "merge" -> "application/merge-patch+json";
                    default -> cells.get(2).replace('_', ' ');
                };
        return new Bad(
                cells.get(0),
                DATASETS + cells.get(1),
                type,
                cells.get(6),
                Integer.parseInt(cells.get(3)),
                cells.get(4),
                cells.get(5));
    }

    @ParameterizedTest
    @MethodSource({"table", "longBodies"})
    void isToldOff(Bad bad) {
        String[] headers =
                bad.type().isEmpty() ? new String[0] : new String[] {"Content-Type", bad.type()};

        Answer answer =
                api.send(bad.method(), bad.path(), BodyPublishers.ofString(bad.body()), headers);

        answer.expectProblem(bad.status(), bad.code());
        assertThat(String.join(" ", answer.faults())).isEqualTo(bad.fault());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void refusedRequestsChangeNothing() throws IOException {
        Answer before = api.get(ENTITY).expect(200);

        Stream.concat(table(), longBodies()).forEach(this::send);

        assertThat(api.get(ENTITY).body()).isEqualTo(before.body());
    }

    @Test
    void bodiesThatAreNotUtf8AreRefused() {
        byte[] latin = "{\"tags\": [\"a:ä\"]}".getBytes(StandardCharsets.ISO_8859_1);

        api.send(
                        "PUT",
                        ENTITY,
                        BodyPublishers.ofByteArray(latin),
                        "Content-Type",
                        "application/json")
                .expectProblem(400, "malformed-json");
    }

    @Test
    void bodiesBeyondTheLimitAreRefusedWhetherTheySayTheirLengthOrNot() {
        byte[] large = new byte[16 * 1024 * 1024 + 1];
        Arrays.fill(large, (byte) ' ');

        Answer announced = send(BodyPublishers.ofByteArray(large));
        Answer chunked = send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

        announced.expectProblem(413, "body-too-large");
        chunked.expectProblem(413, "body-too-large");
    }

    private Answer send(BodyPublisher body) {
        return api.sendWhenAskedTo("PUT", ENTITY, body, "Content-Type", "application/json");
    }

    @Test
    void malformedConditionsAreNamed() {
        for (String value : List.of("3", "\"3", "\"3\" \"4\"", "w/\"3\"", "", "**", ",")) {
            Answer answer = api.put(ENTITY, "{}", "If-Match", value);

            answer.expectProblem(400, "malformed-request");
            assertThat(answer.faults()).containsExactly("If-Match");
        }
    }

    @Test
    void mediaTypesThatAreNotOfferedAreRefusedInJson() {
        for (String path : List.of(ENTITY, ENTITIES, DATASETS, ENTITY + "/versions")) {
            api.get(path, "Accept", "text/html").expectProblem(406, "not-acceptable");
            api.get(path, "Accept", "application/*;q=0.5, text/html").expect(200);
        }
        api.get(ENTITY, "Accept", "nonsense").expectProblem(406, "not-acceptable");
    }

    @Test
    void problemsKeepTheTraceOfTheClient() {
        Answer traced =
                api.get(
                        "/api/v1/none",
                        "traceparent",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        traced.expectProblem(404, "path-not-found");
        assertThat(traced.json().path("traceId").asString())
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(traced.json().path("instance").asString()).isEqualTo("/api/v1/none");
    }

    private Answer send(Bad bad) {
        String[] headers =
                bad.type().isEmpty() ? new String[0] : new String[] {"Content-Type", bad.type()};
        return api.send(bad.method(), bad.path(), BodyPublishers.ofString(bad.body()), headers);
    }

    private static Bad put(String body, String code, String fault) {
        return new Bad("PUT", ENTITY, "application/json", body, 422, code, fault);
    }

    private static Bad post(String path, String body, String code, String fault) {
        return new Bad("POST", path, "application/json", body, 422, code, fault);
    }

    private static String tags(int count) {
        List<String> tags = IntStream.range(0, count).mapToObj(i -> "\"n:" + i + "\"").toList();
        return "{\"tags\": [" + String.join(",", tags) + "]}";
    }
}
