package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.regression.Regression;

import org.junit.jupiter.api.Test;

import java.util.UUID;

/** Entities are made, read, changed, deleted and restored. */
@ServiceTest
class EntityLifeIT {

    private static final String NOTE =
            """
            {"tags": ["type:note", "a:b:c"], "contentType": "text/plain", "content": "aGVsbG8="}
            """;

    private final Api api;

    EntityLifeIT(Api api) {
        this.api = api;
    }

    @Test
    void postMakesTheEntityUnderTheIdOfTheClient() {
        Answer made =
                api.post(
                        Api.entities("default"),
                        """
                        {"id": "life-1", "tags": ["type:note", "a:b:c"],
                         "contentType": "text/plain", "content": "aGVsbG8="}
                        """);

        made.expect(201);
        assertThat(made.header("Location")).isEqualTo(Api.entity("default", "life-1"));
        assertThat(made.tag()).isEqualTo("\"1\"");
        assertThat(made.texts("tags")).containsExactly("a:b:c", "type:note");
        assertThat(made.json().path("dataset").asString()).isEqualTo("default");
        assertThat(made.json().path("content").asString()).isEqualTo("aGVsbG8=");
        assertThat(made.json().path("contentLength").asInt()).isEqualTo(5);
        assertThat(made.json().path("contentDigest").asString())
                .isEqualTo("sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:");
        assertThat(made.json().path("createdAt").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
        assertThat(made.json().path("transaction").asLong()).isEqualTo(made.transaction());
        assertThat(api.get(made.header("Location")).expect(200).body()).isEqualTo(made.body());
    }

    @Test
    void postWithoutIdMakesOneThatSortsByTime() {
        Answer first = api.post(Api.entities("default"), NOTE).expect(201);
        String id = first.json().path("id").asString();

        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        assertThat(first.header("Location")).isEqualTo(Api.entity("default", id));
    }

    @Test
    void postOfAnIdThatLivesIsAConflict() {
        api.put(Api.entity("default", "life-2"), NOTE).expect(201);

        api.post(Api.entities("default"), "{\"id\": \"life-2\"}")
                .expectProblem(409, "version-conflict");

        assertThat(api.get(Api.entity("default", "life-2")).tag()).isEqualTo("\"1\"");
    }

    @Test
    void putCreatesThenReplaces() {
        String path = Api.entity("default", "life-3");

        Answer created = api.put(path, NOTE).expect(201);
        Answer replaced = api.put(path, "{\"tags\": [\"type:other\"]}").expect(200);

        assertThat(created.header("Location")).isEqualTo(path);
        assertThat(created.tag()).isEqualTo("\"1\"");
        assertThat(replaced.tag()).isEqualTo("\"2\"");
        assertThat(replaced.texts("tags")).containsExactly("type:other");
        assertThat(replaced.json().path("contentLength").asInt(-1)).isZero();
        assertThat(replaced.json().path("contentType").asString())
                .isEqualTo("application/octet-stream");
        assertThat(replaced.json().path("createdAt").asString())
                .isEqualTo(created.json().path("createdAt").asString());
        assertThat(replaced.transaction()).isGreaterThan(created.transaction());
    }

    @Test
    void headAnswersLikeGetWithoutABody() {
        String path = Api.entity("default", "life-4");
        api.put(path, NOTE).expect(201);

        Answer head = api.head(path).expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.tag()).isEqualTo("\"1\"");
        assertThat(api.head(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);
        assertThat(api.head(Api.entity("default", "life-none")).status()).isEqualTo(404);
    }

    @Test
    void deletedEntityIsGoneAndItsHistoryStays() {
        String path = Api.entity("default", "life-5");
        Answer made = api.put(path, NOTE).expect(201);

        Answer deleted = api.delete(path).expect(204);

        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.transaction()).isGreaterThan(made.transaction());
        api.get(path).expectProblem(410, "entity-deleted");
        api.delete(path).expectProblem(410, "entity-deleted");
        api.merge(path, "{}").expectProblem(410, "entity-deleted");
        assertThat(api.get(path + "?asOf=v:1").expect(200).body()).isEqualTo(made.body());
        assertThat(api.get(path + "/versions/2").json().path("state").asString())
                .isEqualTo("deleted");
    }

    @Test
    void restoreBringsTagsAndContentBack() {
        String path = Api.entity("default", "life-6");
        Answer made = api.put(path, NOTE).expect(201);
        api.delete(path).expect(204);

        Answer restored = api.post(path + ":restore").expect(200);

        assertThat(restored.tag()).isEqualTo("\"3\"");
        assertThat(restored.texts("tags")).isEqualTo(made.texts("tags"));
        assertThat(restored.json().path("content")).isEqualTo(made.json().path("content"));
        assertThat(api.get(path).expect(200).body()).isEqualTo(restored.body());
        api.post(path + ":restore").expectProblem(409, "version-conflict");
        api.post(Api.entity("default", "life-none") + ":restore")
                .expectProblem(404, "entity-not-found");
    }

    @Test
    void putAfterDeletionCreatesAnew() {
        String path = Api.entity("default", "life-7");
        api.put(path, NOTE).expect(201);
        api.delete(path).expect(204);

        Answer anew = api.put(path, NOTE).expect(201);

        assertThat(anew.tag()).isEqualTo("\"3\"");
        assertThat(anew.json().path("createdAt")).isEqualTo(anew.json().path("updatedAt"));
    }

    @Test
    void missingEntitiesAndDatasetsAreToldApart() {
        api.get(Api.entity("default", "life-none")).expectProblem(404, "entity-not-found");
        api.delete(Api.entity("default", "life-none")).expectProblem(404, "entity-not-found");
        api.patch(Api.entity("default", "life-none"), "{\"tags\": {}}")
                .expectProblem(404, "entity-not-found");
        api.get(Api.entity("nowhere", "x")).expectProblem(404, "dataset-not-found");
        api.put(Api.entity("nowhere", "x"), NOTE).expectProblem(404, "dataset-not-found");
        api.post(Api.entities("nowhere"), NOTE).expectProblem(404, "dataset-not-found");
        api.get(Api.entities("nowhere")).expectProblem(404, "dataset-not-found");
    }

    /**
     * What the service keeps for itself, credentials among it, is to stand there and only there.
     */
    @Test
    @Regression(16)
    void reservedDatasetIsReachableByNoPath() {
        api.get(Api.entity("system", "dataset/x")).expectProblem(403, "access-denied");
        api.put(Api.entity("system", "dataset/x"), NOTE).expectProblem(403, "access-denied");
        api.post(Api.entities("system"), NOTE).expectProblem(403, "access-denied");
        api.delete(Api.entity("system", "dataset/x")).expectProblem(403, "access-denied");
        api.get(Api.entities("system")).expectProblem(403, "access-denied");
        api.get(Api.entity("system", "x") + "/versions").expectProblem(403, "access-denied");
        api.get("/api/v1/datasets/system").expectProblem(403, "access-denied");
        api.delete("/api/v1/datasets/system").expectProblem(403, "access-denied");
        api.post("/api/v1/datasets", "{\"name\": \"system\"}").expectProblem(403, "access-denied");
    }
}
