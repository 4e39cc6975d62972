package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;

/** An earlier version is made the newest one. */
@ServiceTest
class RevertIT {

    private final Api api;
    private final StorageEngine engine;

    private String id = "";
    private String path = "";

    RevertIT(Api api, @Autowired StorageEngine engine) {
        this.api = api;
        this.engine = engine;
    }

    @BeforeEach
    void name(TestInfo test) {
        id = "revert/" + test.getDisplayName();
        path = Api.entity("default", id);
    }

    private Answer put(String tags, String content) {
        return api.put(path, "{\"tags\": [" + tags + "], \"content\": " + content + "}");
    }

    private Answer revert(String to, String... headers) {
        return api.post(path + ":revert", "{\"to\": \"" + to + "\"}", headers);
    }

    @Test
    void tagsAndContentOfThePointAreTheNewest() {
        Answer first = put("\"a:1\", \"b:1\"", "{\"n\": 1.10}");
        put("\"b:1\", \"c:1\"", "{\"n\": 2}");
        String at = first.json().path("updatedAt").asString();

        for (String point : new String[] {"v:1", "tx:" + first.transaction(), at}) {
            put("\"b:1\", \"c:1\"", "{\"n\": 2}");
            Answer reverted = revert(point).expect(200);

            assertThat(reverted.texts("tags")).containsExactly("a:1", "b:1");
            assertThat(reverted.json().path("contentDigest"))
                    .isEqualTo(first.json().path("contentDigest"));
            assertThat(reverted.json().path("contentType"))
                    .isEqualTo(first.json().path("contentType"));
            assertThat(reverted.json().path("createdAt")).isEqualTo(first.json().path("createdAt"));
            assertThat(api.get(path).body()).isEqualTo(reverted.body());
        }
        assertThat(api.get(path).tag()).isEqualTo("\"8\"");
        var times = api.get(path + "?fields=tagTimes").json().path("tagTimes");
        assertThat(times.path("b:1").asString()).isEqualTo(at);
        assertThat(times.path("a:1").asString()).isGreaterThan(at);
    }

    @Test
    void conditionsAreChecked() {
        put("", "1");
        put("", "2");

        revert("v:1", "If-Match", "\"1\"").expectProblem(412, "precondition-failed");
        assertThat(revert("v:1", "If-Match", "\"2\"").expect(200).tag()).isEqualTo("\"3\"");
        revert("v:2", "If-None-Match", "*").expectProblem(412, "precondition-failed");
    }

    @Test
    void pointsWithNothingToGoBackToAreNamed() {
        long before = api.get("/api/v1/datasets").transaction();
        put("", "1");
        api.delete(path).expect(204);
        api.post(path + ":restore").expect(200);

        for (String point :
                new String[] {
                    "v:2",
                    "v:9",
                    "v:0",
                    "v:9007199254740993",
                    "tx:" + before,
                    "tx:9007199254740993",
                    "2200-01-01T00:00:00Z",
                    "1999-01-01T00:00:00Z",
                    "yesterday",
                    ""
                }) {
            Answer refused = revert(point);
            refused.expectProblem(422, "invalid-body");
            assertThat(refused.faults()).as(point).containsExactly("/to");
        }
        assertThat(api.get(path).tag()).isEqualTo("\"3\"");
    }

    @Test
    void erasedVersionsAreNothingToGoBackTo() {
        put("\"a:1\"", "1");
        engine.erase(new EntityKey("default", id), "tests");
        revert("v:1").expectProblem(410, "entity-erased");
        put("\"a:1\"", "2");

        Answer refused = revert("v:1");

        refused.expectProblem(422, "invalid-body");
        assertThat(refused.json().path("detail").asString()).contains("erased");
        api.get(path + "/diff").expectProblem(410, "entity-erased");
        assertThat(api.get(path + "/blame").expect(200).json().at("/content/version").asInt())
                .isEqualTo(2);
    }

    @Test
    void deletedAndMissingEntitiesAreNotReverted() {
        put("", "1");
        api.delete(path).expect(204);

        revert("v:1").expectProblem(410, "entity-deleted");
        path = path + "-none";
        revert("v:1").expectProblem(404, "entity-not-found");
        path = Api.entity("nowhere", "x");
        revert("v:1").expectProblem(404, "dataset-not-found");
        path = Api.entity("system", "x");
        revert("v:1").expectProblem(403, "access-denied");
    }

    @Test
    void bodyIsChecked() {
        put("", "1");
        String verb = path + ":revert";

        api.post(verb, "{}").expectProblem(422, "invalid-body");
        api.post(verb, "{\"to\": null}").expectProblem(422, "invalid-body");
        api.post(verb, "{\"to\": 1}").expectProblem(422, "invalid-body");
        api.post(verb, "{\"to\": \"v:1\", \"too\": 1}").expectProblem(422, "unknown-field");
        api.post(verb, "[]").expectProblem(422, "invalid-body");
        api.post(verb, "{").expectProblem(400, "malformed-json");
        api.post(verb + "?asOf=v:1", "{\"to\": \"v:1\"}").expectProblem(422, "unknown-parameter");
        api.get(verb).expectProblem(404, "entity-not-found");
        api.post(path + "%3Arevert", "{\"to\": \"v:1\"}").expectProblem(405, "method-not-allowed");
    }

    @Test
    void idsThatEndLikeTheVerbAreReverted() {
        path = Api.entity("default", id + ":revert");
        put("", "1");
        put("", "2");

        assertThat(revert("v:1").expect(200).json().path("version").asInt()).isEqualTo(3);
    }
}
