package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whatever is wrong with a request, its answer says so and names the place. */
@ServiceTest
class BadInputIT {

    private static final String ID = "bad-input";
    private static final String ENTITY = Api.entity("default", ID);
    private static final String ENTITIES = Api.entities("default");

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

    static Stream<Bad> bodies() {
        List<Bad> bad = new ArrayList<>();
        bad.add(json("", 400, "missing-body", ""));
        bad.add(json("{", 400, "malformed-json", ""));
        bad.add(json("{\"tags\": [}", 400, "malformed-json", ""));
        bad.add(json("nonsense", 400, "malformed-json", ""));
        bad.add(json("{} x", 400, "malformed-json", ""));
        bad.add(json("{'tags': []}", 400, "malformed-json", ""));
        bad.add(json("{\"tags\": [], \"tags\": []}", 400, "malformed-json", ""));
        bad.add(json("{\"content\": {\"a\": 1, \"a\": 2}}", 400, "malformed-json", ""));
        bad.add(json("{\"content\": 01}", 400, "malformed-json", ""));
        bad.add(json("{\"content\": NaN}", 400, "malformed-json", ""));
        bad.add(json("[".repeat(1000), 422, "invalid-body", ""));
        bad.add(
                json(
                        "{\"content\": " + "[".repeat(600) + "]".repeat(600) + "}",
                        422,
                        "invalid-body",
                        "/content"));
        bad.add(json("{\"content\": " + "9".repeat(1200) + "}", 422, "invalid-body", ""));
        bad.add(json("{} {}", 422, "invalid-body", ""));
        bad.add(json("[]", 422, "invalid-body", ""));
        bad.add(json("\"text\"", 422, "invalid-body", ""));
        bad.add(json("{\"tgas\": []}", 422, "unknown-field", "/tgas"));
        bad.add(json("{\"a/b~c\": []}", 422, "unknown-field", "/a~1b~0c"));
        bad.add(json("{\"version\": 1}", 422, "unknown-field", "/version"));
        bad.add(json("{\"tags\": {}}", 422, "invalid-body", "/tags"));
        bad.add(json("{\"tags\": \"a:b\"}", 422, "invalid-body", "/tags"));
        bad.add(json("{\"tags\": [\"a:b\", 5]}", 422, "invalid-body", "/tags/1"));
        bad.add(json("{\"tags\": [null]}", 422, "invalid-body", "/tags/0"));
        bad.add(json("{\"tags\": [{}]}", 422, "invalid-body", "/tags/0"));
        bad.add(json("{\"tags\": [[\"a:b\"]]}", 422, "invalid-body", ""));
        bad.add(json("{\"id\": 5}", 422, "invalid-body", "/id"));
        bad.add(json("{\"id\": true}", 422, "invalid-body", "/id"));
        bad.add(json("{\"contentType\": []}", 422, "invalid-body", "/contentType"));
        bad.add(json("{\"tags\": [\"a:b\", \"plain\"]}", 422, "invalid-entity", "/tags/1"));
        bad.add(json("{\"tags\": [\":b\"]}", 422, "invalid-entity", "/tags/0"));
        bad.add(json("{\"tags\": [\"a:\"]}", 422, "invalid-entity", "/tags/0"));
        bad.add(json("{\"tags\": [\"a b:c\"]}", 422, "invalid-entity", "/tags/0"));
        bad.add(json("{\"tags\": [\"a:\\u0000\"]}", 422, "invalid-entity", "/tags/0"));
        bad.add(json("{\"tags\": [\"a:\\ud800\"]}", 422, "invalid-entity", "/tags/0"));
        bad.add(
                json(
                        "{\"tags\": [\"a:" + "x".repeat(1023) + "\"]}",
                        422,
                        "invalid-entity",
                        "/tags/0"));
        bad.add(json(tags(1001), 422, "invalid-entity", "/tags"));
        bad.add(json("{\"content\": \"not base64!\"}", 422, "invalid-entity", "/content"));
        bad.add(json("{\"content\": \"YQ\\n==\"}", 422, "invalid-entity", "/content"));
        bad.add(
                json(
                        "{\"contentType\": \"text/plain\", \"content\": {}}",
                        422,
                        "invalid-entity",
                        "/content"));
        bad.add(json("{\"contentType\": \"plain\"}", 422, "invalid-entity", "/contentType"));
        bad.add(json("{\"contentType\": \"\"}", 422, "invalid-entity", "/contentType"));
        bad.add(
                json(
                        "{\"contentType\": \"text/" + "x".repeat(130) + "\"}",
                        422,
                        "invalid-entity",
                        "/contentType"));
        bad.add(
                json(
                        "{\"contentType\": \"text/plain\\r\\nX: y\"}",
                        422,
                        "invalid-entity",
                        "/contentType"));
        return bad.stream();
    }

    static Stream<Bad> others() {
        String merge = "application/merge-patch+json";
        String json = "application/json";
        String datasets = "/api/v1/datasets";
        return Stream.of(
                new Bad("POST", ENTITIES, json, "{\"id\": \"\"}", 422, "invalid-entity", "/id"),
                new Bad("POST", ENTITIES, json, "{\"id\": \"..\"}", 422, "invalid-entity", "/id"),
                new Bad(
                        "POST",
                        ENTITIES,
                        json,
                        "{\"id\": \"a\\u0007\"}",
                        422,
                        "invalid-entity",
                        "/id"),
                new Bad(
                        "POST",
                        ENTITIES,
                        json,
                        "{\"id\": \"\\udfff\"}",
                        422,
                        "invalid-entity",
                        "/id"),
                new Bad(
                        "POST",
                        ENTITIES,
                        json,
                        "{\"id\": \"" + "x".repeat(256) + "\"}",
                        422,
                        "invalid-entity",
                        "/id"),
                new Bad("PUT", ENTITY, json, "{\"id\": \"other\"}", 422, "invalid-entity", "/id"),
                new Bad("POST", ENTITIES, "", "{}", 415, "unsupported-media-type", ""),
                new Bad("POST", ENTITIES, "text/plain", "{}", 415, "unsupported-media-type", ""),
                new Bad("POST", ENTITIES, "not a type", "{}", 415, "unsupported-media-type", ""),
                new Bad(
                        "POST",
                        ENTITIES,
                        "application/x-www-form-urlencoded",
                        "tags=a",
                        415,
                        "unsupported-media-type",
                        ""),
                new Bad("PUT", ENTITY, merge, "{}", 415, "unsupported-media-type", ""),
                new Bad("PUT", ENTITIES, json, "{}", 405, "method-not-allowed", ""),
                new Bad("POST", ENTITY, json, "{}", 405, "method-not-allowed", ""),
                new Bad("DELETE", ENTITY + "/versions/1", "", "", 405, "method-not-allowed", ""),
                new Bad("PATCH", datasets + "/default", json, "{}", 405, "method-not-allowed", ""),
                new Bad("PATCH", ENTITY, merge, "", 400, "missing-body", ""),
                new Bad("PATCH", ENTITY, merge, "[]", 422, "invalid-body", ""),
                new Bad("PATCH", ENTITY, merge, "{\"id\": \"x\"}", 422, "unknown-field", "/id"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"tags\": \"a:b\"}",
                        422,
                        "invalid-entity",
                        "/tags"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"tags\": [\"a:b\", 1]}",
                        422,
                        "invalid-entity",
                        "/tags/1"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"tags\": [\"a\"]}",
                        422,
                        "invalid-entity",
                        "/tags/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"contentType\": 5}",
                        422,
                        "invalid-entity",
                        "/contentType"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"contentType\": \"x\"}",
                        422,
                        "invalid-entity",
                        "/contentType"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        merge,
                        "{\"content\": \"?\"}",
                        422,
                        "invalid-entity",
                        "/content"),
                new Bad("PATCH", ENTITY, json, "{}", 422, "invalid-body", "/tags"),
                new Bad("PATCH", ENTITY, json, "{\"tags\": null}", 422, "invalid-body", "/tags"),
                new Bad("PATCH", ENTITY, json, "{\"tags\": []}", 422, "invalid-body", "/tags"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"ad\": []}}",
                        422,
                        "unknown-field",
                        "/tags/ad"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"content\": 1}",
                        422,
                        "unknown-field",
                        "/content"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"add\": [\"a\"]}}",
                        422,
                        "invalid-entity",
                        "/tags/add/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"add\": [null]}}",
                        422,
                        "invalid-body",
                        "/tags/add/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"remove\": [\"a\"]}}",
                        422,
                        "invalid-entity",
                        "/tags/remove/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"set\": {\"a\": [\"b\", \"\"]}}}",
                        422,
                        "invalid-entity",
                        "/tags/set/a/1"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"set\": {\"a/b\": [\"c\"]}}}",
                        422,
                        "invalid-entity",
                        "/tags/set/a~1b/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"set\": {\"a\": [null]}}}",
                        422,
                        "invalid-body",
                        "/tags/set/a/0"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"set\": {\"a\": null}}}",
                        422,
                        "invalid-body",
                        "/tags/set/a"),
                new Bad(
                        "PATCH",
                        ENTITY,
                        json,
                        "{\"tags\": {\"set\": {\"a\": \"b\"}}}",
                        422,
                        "invalid-body",
                        "/tags/set/a"),
                new Bad("POST", datasets, json, "{}", 422, "invalid-body", "/name"),
                new Bad("POST", datasets, json, "{\"name\": null}", 422, "invalid-body", "/name"),
                new Bad("POST", datasets, json, "{\"name\": 5}", 422, "invalid-body", "/name"),
                new Bad(
                        "POST",
                        datasets,
                        json,
                        "{\"name\": \"Upper\"}",
                        422,
                        "invalid-body",
                        "/name"),
                new Bad(
                        "POST",
                        datasets,
                        json,
                        "{\"name\": \"" + "x".repeat(64) + "\"}",
                        422,
                        "invalid-body",
                        "/name"),
                new Bad(
                        "POST",
                        datasets,
                        json,
                        "{\"name\": \"x\", \"nmae\": 1}",
                        422,
                        "unknown-field",
                        "/nmae"));
    }

    static Stream<Bad> queries() {
        String versions = ENTITY + "/versions";
        return Stream.of(
                get(ENTITY + "?asof=v:1", "unknown-parameter", "asof"),
                get(ENTITY + "?asOf=", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=yesterday", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=v:0", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=v:-1", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=tx:x", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=2026-13-01T00:00:00Z", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=2026-01-01T00:00:00", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=2026-01-01", "invalid-query", "asOf"),
                get(ENTITY + "?asOf=v:1&asOf=v:1", "invalid-query", "asOf"),
                get(ENTITY + "?fields=tag", "invalid-query", "fields"),
                get(ENTITY + "?fields=", "invalid-query", "fields"),
                get(ENTITY + "?content=all", "invalid-query", "content"),
                get(ENTITY + "/versions/1?asOf=v:1", "unknown-parameter", "asOf"),
                get(versions + "?limit=0", "invalid-query", "limit"),
                get(versions + "?limit=1001", "invalid-query", "limit"),
                get(versions + "?limit=ten", "invalid-query", "limit"),
                get(versions + "?limit=99999999999", "invalid-query", "limit"),
                get(versions + "?from=0", "invalid-query", "from"),
                get(versions + "?from=x", "invalid-query", "from"),
                get(versions + "?order=up", "invalid-query", "order"),
                get(versions + "?sort=id", "unknown-parameter", "sort"),
                get(ENTITIES + "?tags=a:b", "unknown-parameter", "tags"),
                get(ENTITIES + "?tag=a", "invalid-query", "tag"),
                get(ENTITIES + "?any=a", "invalid-query", "any"),
                get(ENTITIES + "?not=:b", "invalid-query", "not"),
                get(ENTITIES + "?prefix=a", "invalid-query", "prefix"),
                get(ENTITIES + "?namespace=a%20b", "invalid-query", "namespace"),
                get(ENTITIES + "?state=alive", "invalid-query", "state"),
                get(ENTITIES + "?sort=name", "invalid-query", "sort"),
                get(ENTITIES + "?limit=-1", "invalid-query", "limit"),
                get(ENTITIES + "?limit=5&limit=6", "invalid-query", "limit"),
                get(ENTITIES + "?count=yes", "invalid-query", "count"),
                get(ENTITIES + "?cursor=x", "invalid-query", "cursor"),
                get(ENTITIES + "?fields=name", "invalid-query", "fields"),
                get(ENTITIES + "?content=include", "invalid-query", "content"),
                get("/api/v1/datasets?name=x", "unknown-parameter", "name"),
                get("/api/v1/datasets?limit=x", "invalid-query", "limit"),
                get("/api/v1/datasets?cursor=x", "invalid-query", "cursor"),
                get("/api/v1/datasets/default?x", "unknown-parameter", "x"),
                new Bad(
                        "DELETE",
                        ENTITY + "?force=true",
                        "",
                        "",
                        422,
                        "unknown-parameter",
                        "force"),
                new Bad(
                        "PUT",
                        ENTITY + "?x=1",
                        "application/json",
                        "{}",
                        422,
                        "unknown-parameter",
                        "x"));
    }

    @ParameterizedTest
    @MethodSource({"bodies", "others", "queries"})
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
    void refusedRequestsChangeNothing() {
        Answer before = api.get(ENTITY).expect(200);

        bodies().forEach(
                        bad ->
                                api.send(
                                        "PUT",
                                        ENTITY,
                                        BodyPublishers.ofString(bad.body()),
                                        "Content-Type",
                                        "application/json"));

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
        java.util.Arrays.fill(large, (byte) ' ');

        Answer announced = send(BodyPublishers.ofByteArray(large));
        Answer chunked = send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

        announced.expectProblem(413, "body-too-large");
        chunked.expectProblem(413, "body-too-large");
    }

    private Answer send(java.net.http.HttpRequest.BodyPublisher body) {
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
        for (String path : List.of(ENTITY, ENTITIES, "/api/v1/datasets", ENTITY + "/versions")) {
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

    private static Bad json(String body, int status, String code, String fault) {
        return new Bad("PUT", ENTITY, "application/json", body, status, code, fault);
    }

    private static Bad get(String path, String code, String fault) {
        return new Bad("GET", path, "", "", 422, code, fault);
    }

    private static String tags(int count) {
        List<String> tags = IntStream.range(0, count).mapToObj(i -> "\"n:" + i + "\"").toList();
        return "{\"tags\": [" + String.join(",", tags) + "]}";
    }
}
