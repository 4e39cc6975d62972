package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An entity is erased with all of its past. */
@ServiceTest
class EraseIT {

    private final Api api;

    EraseIT(Api api) {
        this.api = api;
        api.post("/api/v1/datasets", "{\"name\": \"er\"}");
    }

    private static String confirm(String id) {
        return "{\"confirm\": \"" + id + "\", \"reason\": \"asked for\"}";
    }

    @Test
    void contentAndPastAreGoneAtOnce() {
        String path = Api.entity("er", "@a/b");
        api.put(path, "{\"tags\": [\"type:secret\"], \"content\": {\"a\": 1}}").expect(201);
        api.put(path, "{\"tags\": [\"type:secret\"], \"content\": {\"a\": 2}}").expect(200);
        api.put(Api.entity("er", "other"), "{\"tags\": [\"type:secret\"]}").expect(201);

        Answer accepted = api.post(path + ":erase", confirm("@a/b")).expect(202);

        assertThat(accepted.json().path("state").asString()).isEqualTo("done");
        assertThat(accepted.json().path("result").path("versions").asInt()).isEqualTo(2);
        assertThat(api.get(accepted.header("Location")).expect(200).body())
                .isEqualTo(accepted.body());
        api.get(path).expectProblem(410, "entity-erased");
        api.get(path + "?asOf=v:1").expectProblem(410, "entity-erased");
        Answer list = api.get(Api.entities("er") + "?tag=type:secret&fields=id").expect(200);
        assertThat(list.body()).contains("other").doesNotContain("@a/b");
        api.post(path + ":restore").expectProblem(410, "entity-erased");
        assertThat(api.put(path, "{}").expect(201).tag()).isEqualTo("\"3\"");
    }

    @Test
    void askedForTwiceItErasesNothingMore() {
        String path = Api.entity("er", "twice");
        api.put(path, "{}").expect(201);
        api.post(path + ":erase", confirm("twice")).expect(202);

        Answer again = api.post(path + ":erase", confirm("twice")).expect(202);

        assertThat(again.json().path("result").path("versions").asInt()).isZero();
    }

    @Test
    void badRequestsEraseNothing() {
        String path = Api.entity("er", "kept");
        api.put(path, "{}").expect(201);

        assertThat(
                        api.post(path + ":erase", confirm("Kept"))
                                .expectProblem(422, "invalid-entity")
                                .faults())
                .containsExactly("/confirm");
        api.post(path + ":erase", "{}").expectProblem(422, "invalid-body");
        api.post(path + ":erase").expect(415);
        api.post(path + ":erase", "{\"confirm\": \"kept\", \"x\": 1}")
                .expectProblem(422, "unknown-field");
        api.post(path + ":erase?force=true", confirm("kept"))
                .expectProblem(422, "unknown-parameter");
        api.post(path + "%3Aerase", confirm("kept")).expectProblem(405, "method-not-allowed");
        api.post(Api.entity("er", "never") + ":erase", confirm("never"))
                .expectProblem(404, "entity-not-found");
        api.post(Api.entity("system", "dataset/er") + ":erase", confirm("dataset/er"))
                .expectProblem(403, "access-denied");

        api.get(path).expect(200);
    }
}
