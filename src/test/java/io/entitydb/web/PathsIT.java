package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Any id fits one segment of a path, and reaches the same entity in every request. */
@ServiceTest
class PathsIT {

    private static final List<String> IDS =
            List.of(
                    "a/b",
                    "/",
                    "//",
                    "a/../b",
                    "../../etc/passwd",
                    ".hidden",
                    "...",
                    "@scope/name",
                    "a b",
                    " ",
                    "100%",
                    "%2F",
                    "%252F",
                    "a+b",
                    "a;b=c",
                    "a?b=c",
                    "a#b",
                    "a&b",
                    "a\\b",
                    "..\\..",
                    "\"quoted\"",
                    "<script>",
                    "{braces}",
                    "[brackets]",
                    "a|b^c`d",
                    "a:b",
                    ":restore",
                    "a:restore",
                    "a:restore:restore",
                    "versions",
                    "versions/1",
                    "a/versions",
                    "a.exe",
                    "ä",
                    "日本語",
                    "\uD83D\uDE00",
                    "e\u0301",
                    "\u200Fright",
                    "a\u00A0b",
                    "~!*'()_-.",
                    "\uFFFD",
                    "\uFEFFbom");

    private final Api api;

    PathsIT(Api api) {
        this.api = api;
    }

    static List<String> ids() {
        return IDS;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyTextIsAnId(String id) {
        String path = Api.entity("default", id);

        Answer made = api.put(path, "{\"tags\": [\"kind:path\"]}").expect(201);
        assertThat(made.json().path("id").asString()).isEqualTo(id);
        Answer again = api.get(made.header("Location")).expect(200);
        assertThat(again.json().path("id").asString()).isEqualTo(id);
        api.patch(path, "{\"tags\": {\"add\": [\"a:b\"]}}").expect(200);
        assertThat(api.get(path + "/versions/2").expect(200).json().path("id").asString())
                .isEqualTo(id);
        assertThat(api.get(path + "/versions").expect(200).ids()).containsExactly(id, id);
        api.delete(path).expect(204);
        assertThat(api.post(path + ":restore").expect(200).json().path("id").asString())
                .isEqualTo(id);
        api.delete(path).expect(204);
    }

    @Test
    void postedIdIsFoundAtItsLocation() {
        String id = "posted/@scope: 100% \u00e4";

        Answer made = api.post(Api.entities("default"), "{\"id\": \"" + id + "\"}").expect(201);

        assertThat(made.header("Location")).matches("[A-Za-z0-9/._~%-]+");
        assertThat(api.get(made.header("Location")).json().path("id").asString()).isEqualTo(id);
        assertThat(api.get(Api.entity("default", id)).expect(200).body()).isEqualTo(made.body());
    }

    @Test
    void escapedVerbIsTheEndOfAnId() {
        api.put(Api.entity("default", "verb"), "{}").expect(201);
        api.delete(Api.entity("default", "verb")).expect(204);

        Answer refused = api.post("/api/v1/datasets/default/entities/verb%3Arestore");

        refused.expectProblem(405, "method-not-allowed");
        assertThat(refused.header("Allow")).contains("GET", "PUT", "PATCH", "DELETE");
        api.get(Api.entity("default", "verb")).expectProblem(410, "entity-deleted");
        api.post("/api/v1/datasets/default/entities/verb:restore").expect(200);
    }

    @Test
    void equivalentSpellingsReachTheSameEntity() {
        api.put("/api/v1/datasets/default/entities/s%70ell%3aing", "{}").expect(201);

        api.get("/api/v1/datasets/default/entities/spell:ing").expect(200);
        api.get("/api/v1/datasets/default/entities/spell%3Aing").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/datasets/default/entities/%C3%28, 400, malformed-request",
        "/api/v1/datasets/default/entities/%FF, 400, malformed-request",
        "/api/v1/datasets/default/entities/%C0%AF, 400, malformed-request",
        "/api/v1/datasets/default/entities/%ED%A0%80, 400, malformed-request",
        "/api/v1/datasets/default/entities/%00, 400, malformed-request",
        "/api/v1/datasets/default/entities/a;b, 400, malformed-request",
        "/api/v1/datasets/default/entities/%0A, 422, invalid-query",
        "/api/v1/datasets/default/entities/%C2%85, 422, invalid-query",
        "/api/v1/datasets/default/entities/.., 422, invalid-query",
        "/api/v1/datasets/default/entities/%2E, 422, invalid-query",
        "/api/v1/datasets/UPPER/entities/x, 422, invalid-query",
        "/api/v1/datasets/a%2Fb/entities/x, 422, invalid-query",
        "/api/v1/datasets/default/entities/x/versions/one, 422, invalid-query",
        "/api/v1/datasets/default/entities/x/versions/0, 422, invalid-query",
        "/api/v1/datasets/default/entities/x/versions/-1, 422, invalid-query",
        "/api/v1/datasets/default/entities/x/versions/9999999999999999999, 422, invalid-query",
        "/api/v1/datasets/default/entities/x/y, 404, path-not-found",
        "/api/v1/datasets/default/entities/, 404, path-not-found",
        "/api/v1/datasets/default/entities//, 404, path-not-found",
        "/api/v1/datasets/default, 200, ''",
        "/api/v1/datasets/default/, 404, path-not-found",
        "/api/v1, 404, path-not-found",
        "/api/v2/datasets, 404, path-not-found",
        "/, 404, path-not-found",
        "/error, 404, path-not-found"
    })
    void everyOtherPathIsToldOff(String path, int status, String code) {
        Answer answer = api.get(path, "Accept", "application/json");

        if (code.isEmpty()) {
            answer.expect(status);
        } else {
            answer.expectProblem(status, code);
        }
    }

    @Test
    void overlongIdsAreToldByName() {
        Answer fits = api.put(Api.entity("default", "\u00e4".repeat(127) + "x"), "{}");
        Answer refused = api.put(Api.entity("default", "\u00e4".repeat(128)), "{}");

        fits.expect(201);
        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly("id");
    }
}
