package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests that state conditions are fulfilled only if these hold. */
@ServiceTest
class ConditionsIT {

    private final Api api;

    ConditionsIT(Api api) {
        this.api = api;
    }

    private String make(String id) {
        String path = Api.entity("default", "condition-" + id);
        api.put(path, "{\"tags\": [\"n:1\"]}").expect(201);
        return path;
    }

    @Test
    void putWithIfMatchReplacesThatVersionOnly() {
        String path = make("put");

        api.put(path, "{}", "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        Answer replaced = api.put(path, "{}", "If-Match", "\"1\"").expect(200);
        Answer stale = api.put(path, "{}", "If-Match", "\"1\"");

        assertThat(replaced.tag()).isEqualTo("\"2\"");
        stale.expectProblem(412, "precondition-failed");
        assertThat(stale.faults()).containsExactly("If-Match");
        assertThat(api.get(path).tag()).isEqualTo("\"2\"");
    }

    @Test
    void ifMatchTakesListsLinesAndAnyLivingVersion() {
        String path = make("list");

        api.put(path, "{}", "If-Match", "\"7\", \"1\" ,\"x\"").expect(200);
        api.put(path, "{}", "If-Match", "\"9\"", "If-Match", "\"2\"").expect(200);
        api.put(path, "{}", "If-Match", "*").expect(200);
        api.delete(path, "If-Match", "*").expect(204);
        api.put(path, "{}", "If-Match", "*").expectProblem(412, "precondition-failed");
        api.put(path, "{}", "If-Match", "\"5\"").expect(201);
    }

    @Test
    void weakTagsDoNotMatchForChanges() {
        String path = make("weak");

        api.put(path, "{}", "If-Match", "W/\"1\"").expectProblem(412, "precondition-failed");
        api.put(path, "{}", "If-None-Match", "W/\"1\"").expectProblem(412, "precondition-failed");
    }

    @Test
    void putWithIfNoneMatchOnlyCreates() {
        String path = Api.entity("default", "condition-create");

        api.put(path, "{}", "If-None-Match", "*").expect(201);
        Answer second = api.put(path, "{}", "If-None-Match", "*");
        api.delete(path).expect(204);

        second.expectProblem(412, "precondition-failed");
        assertThat(second.faults()).containsExactly("If-None-Match");
        api.put(path, "{}", "If-None-Match", "*").expect(201);
    }

    @Test
    void missingEntityMatchesNothing() {
        String path = Api.entity("default", "condition-missing");

        api.put(path, "{}", "If-Match", "\"1\"").expectProblem(412, "precondition-failed");
        api.delete(path, "If-Match", "*").expectProblem(412, "precondition-failed");
        api.merge(path, "{}", "If-Match", "*").expectProblem(412, "precondition-failed");
    }

    @Test
    void patchDeleteAndRestoreHeedIfMatch() {
        String path = make("verbs");

        api.merge(path, "{}", "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        api.patch(path, "{\"tags\":{}}", "If-Match", "\"2\"")
                .expectProblem(412, "precondition-failed");
        api.delete(path, "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        api.merge(path, "{}", "If-Match", "\"1\"").expect(200);
        api.patch(path, "{\"tags\":{}}", "If-Match", "\"2\"").expect(200);
        api.delete(path, "If-Match", "\"3\"").expect(204);
        api.send(
                        "POST",
                        path + ":restore",
                        java.net.http.HttpRequest.BodyPublishers.noBody(),
                        "If-Match",
                        "\"3\"")
                .expectProblem(412, "precondition-failed");
    }

    @Test
    void readerWhoHasTheVersionGetsNoBody() {
        String path = make("read");

        Answer known = api.get(path, "If-None-Match", "\"9\", W/\"1\"");

        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.tag()).isEqualTo("\"1\"");
        assertThat(known.transaction()).isPositive();
        api.get(path, "If-None-Match", "\"9\"").expect(200);
        assertThat(api.get(path, "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(api.get(path + "/versions/1", "If-None-Match", "\"1\"").status()).isEqualTo(304);
    }

    @Test
    void readerMayInsistOnAVersion() {
        String path = make("insist");

        api.get(path, "If-Match", "\"1\"").expect(200);
        api.get(path, "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
    }
}
