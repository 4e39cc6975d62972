package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A request that is sent again under its key is answered again, and made once. */
@ServiceTest
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final Api api;
    private final String key = UUID.randomUUID().toString();
    private final String id = "idempotent-" + key;
    private final String path = Api.entity("default", id);

    IdempotencyIT(Api api) {
        this.api = api;
    }

    private static void assertReplayed(Answer first, Answer again) {
        assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        for (String header : List.of("ETag", "Location", "EntityDB-Transaction", "Content-Type")) {
            assertThat(again.headers().allValues(header))
                    .as(header)
                    .isEqualTo(first.headers().allValues(header));
        }
    }

    @Test
    void entityThatIsCreatedAgainIsTheSame() {
        String body = "{\"tags\": [\"a:b\"], \"content\": {\"price\": 1.50}}";

        Answer first = api.post(Api.entities("default"), body, KEY, key).expect(201);
        Answer again = api.post(Api.entities("default"), body, KEY, key).expect(201);

        assertReplayed(first, again);
        assertThat(first.header("Location")).isNotEmpty();
    }

    @Test
    void everyChangeIsMadeOnce() {
        Answer put = api.put(path, "{\"content\": 1}", KEY, key + "-1").expect(201);
        Answer patch = api.patch(path, "{\"tags\": {\"add\": [\"a:b\"]}}", KEY, key + "-2");
        Answer merge = api.merge(path, "{\"content\": 2}", KEY, key + "-3");
        Answer replaced = api.put(path, "{\"content\": 3}", KEY, key + "-4").expect(200);
        Answer deleted = api.delete(path, KEY, key + "-5").expect(204);
        Answer restored = restore(key + "-6").expect(200);
        Answer reverted =
                api.post(path + ":revert", "{\"to\": \"v:1\"}", KEY, key + "-7").expect(200);

        assertReplayed(put, api.put(path, "{\"content\": 1}", KEY, key + "-1"));
        assertReplayed(patch, api.patch(path, "{\"tags\": {\"add\": [\"a:b\"]}}", KEY, key + "-2"));
        assertReplayed(merge, api.merge(path, "{\"content\": 2}", KEY, key + "-3"));
        assertReplayed(replaced, api.put(path, "{\"content\": 3}", KEY, key + "-4"));
        assertReplayed(deleted, api.delete(path, KEY, key + "-5"));
        assertReplayed(restored, restore(key + "-6"));
        assertReplayed(reverted, api.post(path + ":revert", "{\"to\": \"v:1\"}", KEY, key + "-7"));
        assertThat(api.get(path).tag()).isEqualTo("\"7\"");
    }

    private Answer restore(String sentUnder) {
        return api.send("POST", path + ":restore", BodyPublishers.noBody(), KEY, sentUnder);
    }

    @Test
    void conditionThatHeldIsNotAskedAgain() {
        api.put(path, "{}").expect(201);

        Answer first = api.put(path, "{}", "If-Match", "\"1\"", KEY, key).expect(200);

        assertReplayed(first, api.put(path, "{}", "If-Match", "\"1\"", KEY, key));
    }

    @Test
    void transactionIsMadeOnce() {
        String body =
                """
                {"reason": "once",
                 "operations": [{"op": "create", "dataset": "default", "tags": ["of:%s"]},
                                {"op": "put", "dataset": "default", "id": "%s"},
                                {"op": "expect", "dataset": "default", "id": "none-%s",
                                 "ifNoneMatch": "*"}]}
                """
                        .formatted(key, id, key);

        Answer first = api.post(TRANSACTIONS, body, KEY, key).expect(200);
        Answer again = api.post(TRANSACTIONS, body, KEY, key).expect(200);

        assertReplayed(first, again);
        assertThat(api.get(path).tag()).isEqualTo("\"1\"");
        assertThat(api.get(Api.entities("default") + "?tag=of:" + key).ids()).hasSize(1);
    }

    @Test
    void keyOfAnotherRequestIsRefused() {
        api.put(path, "{\"content\": 1}", KEY, key).expect(201);

        List<Answer> others =
                List.of(
                        api.put(path, "{\"content\": 2}", KEY, key),
                        api.put(path, "{\"content\": 1}", KEY, key, "If-Match", "\"1\""),
                        api.put(path + "x", "{\"content\": 1}", KEY, key),
                        api.merge(path, "{\"content\": 1}", KEY, key),
                        api.delete(path, KEY, key));

        for (Answer other : others) {
            other.expectProblem(422, "idempotency-key-reused");
            assertThat(other.faults()).containsExactly(KEY);
        }
        assertThat(api.get(path).tag()).isEqualTo("\"1\"");
    }

    @Test
    void requestThatFailedIsMadeWhenItIsSentAgain() {
        api.put(path, "{}", "If-Match", "\"1\"", KEY, key)
                .expectProblem(412, "precondition-failed");
        api.put(path, "{}").expect(201);

        Answer made = api.put(path, "{}", "If-Match", "\"1\"", KEY, key).expect(200);

        assertThat(made.headers().firstValue(REPLAYED)).isEmpty();
        assertThat(made.tag()).isEqualTo("\"2\"");
    }

    @Test
    void dryRunAndPureExpectationsStoreNothing() {
        String dry = "{\"operations\": [{\"op\": \"put\", \"dataset\": \"default\", \"id\": \"";
        String expect =
                "{\"operations\": [{\"op\": \"expect\", \"dataset\": \"default\", \"id\": \"none\","
                        + " \"ifNoneMatch\": \"*\"}]}";
        long before = api.get("/api/v1/datasets").transaction();

        for (int i = 0; i < 2; i++) {
            Answer tried = api.post(TRANSACTIONS + "?dryRun=true", dry + id + "\"}]}", KEY, key);
            Answer expected = api.post(TRANSACTIONS, expect, KEY, key + "-expect");
            assertThat(tried.expect(200).headers().firstValue(REPLAYED)).isEmpty();
            assertThat(expected.expect(200).headers().firstValue(REPLAYED)).isEmpty();
        }

        assertThat(api.get("/api/v1/datasets").transaction()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\tbed"})
    void keysThatHaveNotTheShapeAreRefused(String bad) {
        Answer refused = api.put(path, "{}", KEY, bad);

        refused.expectProblem(400, "malformed-request");
        assertThat(refused.faults()).containsExactly(KEY);
    }

    @Test
    void keysAreBounded() {
        api.put(path, "{}", KEY, "k".repeat(214) + "/" + key.substring(0, 36)).expect(201);
        api.put(path, "{}", KEY, "k".repeat(256)).expectProblem(400, "malformed-request");
        api.put(path, "{}", KEY, key, KEY, key).expectProblem(400, "malformed-request");
        api.get(path, KEY, "no shape").expect(200);
    }

    @Test
    void changesThatWouldNotHeedAKeyRefuseIt() {
        Answer refused = api.post("/api/v1/datasets", "{\"name\": \"with-a-key\"}", KEY, key);

        refused.expectProblem(400, "malformed-request");
        assertThat(refused.faults()).containsExactly(KEY);
        api.get("/api/v1/datasets/with-a-key").expectProblem(404, "dataset-not-found");
    }

    @Test
    void recordsAreNotVisible() {
        api.put(path, "{}", KEY, key).expect(201);

        assertThat(api.get("/api/v1/datasets").body()).doesNotContain("idempotency");
        api.get(Api.entities("system")).expectProblem(403, "access-denied");
        api.get(Api.entity("system", "idempotency/0000/0")).expectProblem(403, "access-denied");
    }

    @Test
    void ofManyThatAreSentAtOnceOneIsMade() throws Exception {
        String body = "{\"tags\": [\"of:" + key + "\"]}";
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                sent.add(threads.submit(() -> api.post(Api.entities("default"), body, KEY, key)));
            }
            for (Future<Answer> future : sent) {
                answers.add(future.get());
            }
        }

        assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409);
        assertThat(answers.stream().filter(a -> a.status() == 201).map(Answer::body).distinct())
                .hasSize(1);
        answers.stream()
                .filter(answer -> answer.status() == 409)
                .forEach(
                        answer -> {
                            answer.expectProblem(409, "idempotency-in-flight");
                            assertThat(answer.header("Retry-After")).isEqualTo("1");
                        });
        assertThat(api.get(Api.entities("default") + "?tag=of:" + key).ids()).hasSize(1);
    }
}
