package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** Datasets say how much of the past they keep, and a compaction carries it out. */
@ServiceTest
class CompactionIT {

    private static final String COMPACTIONS = "/api/v1/store/compactions";

    private final Api api;

    CompactionIT(Api api) {
        this.api = api;
    }

    private static String retention(String dataset) {
        return "/api/v1/datasets/" + dataset + "/retention";
    }

    private JsonNode done(Answer accepted) {
        String location = accepted.expect(202).header("Location");
        await().until(() -> !api.get(location).json().path("state").asString().equals("running"));
        JsonNode operation = api.get(location).json();
        assertThat(operation.path("state").asString()).as("%s", operation).isEqualTo("done");
        return operation.path("result");
    }

    private void versions(String dataset, String id, int number) {
        for (int i = 1; i <= number; i++) {
            api.put(Api.entity(dataset, id), "{\"tags\": [\"n:" + i + "\"]}");
        }
    }

    @Test
    void rulesAreSetReadAndTakenAway() {
        api.post("/api/v1/datasets", "{\"name\": \"cp-rules\"}").expect(201);
        String path = retention("cp-rules");
        assertThat(api.get(path).expect(200).body()).isEqualTo("{}");

        Answer set = api.put(path, "{\"maxVersions\": 5, \"maxAge\": \"P30D\"}").expect(200);

        assertThat(set.tag()).isEqualTo("\"1\"");
        assertThat(api.get(path).expect(200).body())
                .isEqualTo("{\"maxVersions\":5,\"maxAge\":\"P30D\"}");
        api.put(path, "{\"maxVersions\": 6}", "If-Match", "\"7\"")
                .expectProblem(412, "precondition-failed");
        api.delete(path).expect(204);
        api.delete(path).expect(204);
        assertThat(api.get(path).expect(200).body()).isEqualTo("{}");
    }

    @Test
    void badRulesAreRefused() {
        String path = retention("default");
        api.put(path, "{}").expectProblem(422, "invalid-entity");
        for (String bad : new String[] {"0", "-1", "1000000001"}) {
            assertThat(
                            api.put(path, "{\"maxVersions\": " + bad + "}")
                                    .expectProblem(422, "invalid-entity")
                                    .faults())
                    .containsExactly("/maxVersions");
        }
        for (String bad : new String[] {"30 days", "-P1D", "P36501D", "P1M", ""}) {
            assertThat(
                            api.put(path, "{\"maxAge\": \"" + bad + "\"}")
                                    .expectProblem(422, "invalid-entity")
                                    .faults())
                    .containsExactly("/maxAge");
        }
        api.put(path, "{\"maxVersion\": 3}").expectProblem(422, "unknown-field");
        api.put(retention("cp-never"), "{\"maxVersions\": 3}")
                .expectProblem(404, "dataset-not-found");
        api.put(retention("system"), "{\"maxVersions\": 3}").expectProblem(403, "access-denied");
        api.post(COMPACTIONS + "?dryRun=maybe").expectProblem(422, "invalid-query");
        api.get("/api/v1/operations/none").expectProblem(404, "operation-not-found");
    }

    /** Tests share the service, and rules hold for all of the store. */
    private void takeAwayOtherRules() {
        done(api.post(COMPACTIONS + "?dryRun=true"))
                .path("datasets")
                .propertyNames()
                .forEach(
                        dataset -> {
                            if (!dataset.equals("cp-few")) {
                                api.delete(retention(dataset));
                            }
                        });
    }

    @Test
    void compactionTakesAwayWhatTheRulesSayAndNothingElse() {
        api.post("/api/v1/datasets", "{\"name\": \"cp-few\"}").expect(201);
        api.post("/api/v1/datasets", "{\"name\": \"cp-all\"}").expect(201);
        versions("cp-few", "x", 10);
        versions("cp-all", "x", 10);
        api.put(retention("cp-few"), "{\"maxVersions\": 3}").expect(200);

        long before = api.get(Api.entity("cp-few", "x") + "?asOf=v:7").transaction();
        api.get(Api.entities("cp-few") + "?asOf=tx:" + before).expect(200);

        takeAwayOtherRules();
        JsonNode planned = done(api.post(COMPACTIONS + "?dryRun=true"));
        assertThat(planned.path("datasets").path("cp-few").path("versions").asInt()).isEqualTo(7);
        api.get(Api.entity("cp-few", "x") + "?asOf=v:1").expect(200);

        JsonNode result = done(api.post(COMPACTIONS));
        assertThat(result.path("datasets").path("cp-few").path("versions").asInt()).isEqualTo(7);
        assertThat(result.path("retiredVersions").asInt())
                .isEqualTo(planned.path("retiredVersions").asInt());
        assertThat(result.path("newBytes").asLong())
                .isPositive()
                .isLessThan(result.path("oldBytes").asLong());

        await().until(() -> api.get(Api.entities("cp-few")).status() == 200);
        api.get(Api.entities("cp-few") + "?asOf=tx:" + before)
                .expectProblem(410, "version-retired");
        api.get(Api.entities("cp-few") + "?asOf=tx:" + (before + 1)).expect(200);
        api.get(Api.entities("cp-all") + "?asOf=tx:" + before).expect(200);
        api.get("/api/v1/datasets/cp-few/tags?asOf=tx:" + before)
                .expectProblem(410, "version-retired");
        String path = Api.entity("cp-few", "x");
        api.get(path + "?asOf=v:7").expectProblem(410, "version-retired");
        api.get(path + "?asOf=v:8").expect(200);
        assertThat(api.get(path + "/versions?fields=version").expect(200).json().path("items"))
                .hasSize(3);
        assertThat(
                        api.get(Api.entity("cp-all", "x") + "/versions?fields=version")
                                .expect(200)
                                .json()
                                .path("items"))
                .hasSize(10);
        assertThat(api.put(path, "{}").expect(200).tag()).isEqualTo("\"11\"");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                api.get(Api.entities("cp-few") + "?fields=version")
                                                        .expect(200)
                                                        .body())
                                        .contains("\"version\":11"));
        api.delete(retention("cp-few")).expect(204);
    }
}
