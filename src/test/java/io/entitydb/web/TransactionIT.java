package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Transactions over several entities are made as a whole or not at all. */
@ServiceTest
class TransactionIT {

    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final Api api;
    private final String dataset = "tx-" + UUID.randomUUID();

    TransactionIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void makeDataset() {
        api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
    }

    private String op(String op, String id, String more) {
        return "{\"op\": \"%s\", \"dataset\": \"%s\", \"id\": \"%s\"%s}"
                .formatted(op, dataset, id, more.isEmpty() ? "" : ", " + more);
    }

    private Answer make(String... operations) {
        return send("", operations);
    }

    private Answer send(String query, String... operations) {
        return api.post(
                TRANSACTIONS + query, "{\"operations\": [" + String.join(", ", operations) + "]}");
    }

    private Answer entity(String id) {
        return api.get(Api.entity(dataset, id) + "?content=json");
    }

    private static String pointer(Answer answer) {
        return answer.json().path("errors").path(0).path("pointer").asString();
    }

    @Test
    void allKindsOfOperationsAreMadeTogether() {
        api.put(Api.entity(dataset, "old"), "{\"tags\": [\"a:1\"], \"content\": {\"n\": 1}}");
        api.put(Api.entity(dataset, "doomed"), "{}");
        api.put(Api.entity(dataset, "gone"), "{\"tags\": [\"b:1\"]}");
        api.delete(Api.entity(dataset, "gone"));
        api.put(Api.entity("default", dataset), "{}");

        Answer made =
                make(
                        op("create", "fresh", "\"tags\": [\"t:x\"], \"content\": {\"m\": 1.50}"),
                        op("put", "put", "\"contentType\": \"text/plain\", \"content\": \"aGk=\""),
                        op(
                                "patch",
                                "old",
                                "\"tags\": {\"add\": [\"a:2\"]}, \"content\": {\"k\": 2}"),
                        op("delete", "doomed", "\"ifMatch\": 1"),
                        op("restore", "gone", ""),
                        op("expect", "nobody", "\"ifNoneMatch\": \"*\""),
                        "{\"op\": \"put\", \"dataset\": \"default\", \"id\": \"%s\", \"ifMatch\": \"\\\"1\\\"\"}"
                                .formatted(dataset));

        made.expect(200);
        JsonNode results = made.json().path("results");
        assertThat(results.findValuesAsString("op"))
                .containsExactly("create", "put", "patch", "delete", "restore", "expect", "put");
        assertThat(results.findValuesAsString("status"))
                .containsExactly("201", "201", "200", "204", "200", "200", "200");
        assertThat(results.findValuesAsString("version"))
                .containsExactly("1", "1", "2", "2", "3", "2");
        assertThat(results.path(5).has("version")).isFalse();
        assertThat(made.transaction()).isEqualTo(made.json().path("transaction").longValue());
        assertThat(entity("fresh").body()).contains("\"content\":{\"m\":1.50}");
        assertThat(entity("old").json().path("content").toString()).isEqualTo("{\"n\":1,\"k\":2}");
        assertThat(entity("old").texts("tags")).containsExactly("a:1", "a:2");
        assertThat(entity("gone").texts("tags")).containsExactly("b:1");
        entity("doomed").expectProblem(410, "entity-deleted");
        for (String id : new String[] {"fresh", "put", "old", "gone"}) {
            JsonNode json = entity(id).json();
            assertThat(json.path("transaction").longValue()).isEqualTo(made.transaction());
            assertThat(json.path("updatedAt")).isEqualTo(made.json().path("instant"));
        }
    }

    @Test
    void operationThatFailsTakesAllWithIt() {
        api.put(Api.entity(dataset, "x"), "{}");

        Answer refused =
                make(
                        op("put", "a", ""),
                        op("delete", "x", ""),
                        op("patch", "missing", "\"content\": 1"),
                        op("put", "b", ""));

        refused.expectProblem(409, "operation-failed");
        assertThat(pointer(refused)).isEqualTo("/operations/2");
        assertThat(refused.json().path("errors").path(0).path("code").asString())
                .isEqualTo("entity-not-found");
        entity("a").expectProblem(404, "entity-not-found");
        entity("b").expectProblem(404, "entity-not-found");
        assertThat(entity("x").tag()).isEqualTo("\"1\"");
    }

    @Test
    void conditionsPointToTheirOperation() {
        api.put(Api.entity(dataset, "x"), "{}");

        Answer match = make(op("put", "a", ""), op("put", "x", "\"ifMatch\": 7"));
        Answer noneMatch = make(op("put", "x", "\"ifNoneMatch\": \"*\""));
        Answer expected = make(op("put", "a", ""), op("expect", "x", "\"ifMatch\": 2"));
        Answer absent = make(op("put", "a", ""), op("expect", "x", "\"ifNoneMatch\": \"*\""));

        match.expectProblem(412, "precondition-failed");
        assertThat(pointer(match)).isEqualTo("/operations/1/ifMatch");
        noneMatch.expectProblem(412, "precondition-failed");
        assertThat(pointer(noneMatch)).isEqualTo("/operations/0/ifNoneMatch");
        expected.expectProblem(412, "precondition-failed");
        assertThat(pointer(expected)).isEqualTo("/operations/1/ifMatch");
        absent.expectProblem(412, "precondition-failed");
        entity("a").expectProblem(404, "entity-not-found");
    }

    @Test
    void conditionsAreAboutTheStateBefore() {
        api.put(Api.entity(dataset, "x"), "{}");

        Answer made =
                make(
                        op("put", "x", "\"ifMatch\": 1, \"content\": 2"),
                        op("expect", "x", "\"ifMatch\": 1"));

        made.expect(200);
        assertThat(made.json().path("results").findValuesAsString("version"))
                .containsExactly("2", "1");
    }

    @Test
    void entityIsWrittenOnceAtMost() {
        Answer refused = make(op("create", "x", ""), op("put", "y", ""), op("patch", "x", ""));

        refused.expectProblem(422, "invalid-body");
        assertThat(pointer(refused)).isEqualTo("/operations/2/id");
        entity("x").expectProblem(404, "entity-not-found");
    }

    @Test
    void statesThatForbidAnOperationAreConflicts() {
        api.put(Api.entity(dataset, "living"), "{}");

        Answer created = make(op("create", "living", ""));
        Answer restored = make(op("put", "a", ""), op("restore", "living", ""));

        created.expectProblem(409, "version-conflict");
        assertThat(pointer(created)).isEqualTo("/operations/0");
        restored.expectProblem(409, "version-conflict");
        assertThat(pointer(restored)).isEqualTo("/operations/1");
    }

    @Test
    void dryRunDoesAllButTheCommit() {
        api.put(Api.entity(dataset, "x"), "{}");
        long before = entity("x").transaction();

        Answer fine = send("?dryRun=true", op("put", "x", ""), op("create", "y", ""));
        Answer failing = send("?dryRun=true", op("put", "x", "\"ifMatch\": 9"));

        fine.expect(200);
        assertThat(fine.json().path("dryRun").asBoolean()).isTrue();
        assertThat(fine.json().has("transaction")).isFalse();
        assertThat(fine.json().path("results").findValuesAsString("version"))
                .containsExactly("2", "1");
        failing.expectProblem(412, "precondition-failed");
        entity("y").expectProblem(404, "entity-not-found");
        assertThat(entity("x").tag()).isEqualTo("\"1\"");
        assertThat(entity("x").transaction()).isEqualTo(before);
        send("?dryRun=maybe", op("put", "x", "")).expectProblem(422, "invalid-query");
        send("?dryrun=true", op("put", "x", "")).expectProblem(422, "unknown-parameter");
    }

    @Test
    void transactionThatOnlyExpectsWritesNothing() {
        long snapshot = api.put(Api.entity(dataset, "x"), "{}").transaction();

        Answer held = make(op("expect", "x", "\"ifMatch\": \"*\""));

        held.expect(200);
        assertThat(held.json().path("transaction").longValue()).isEqualTo(snapshot);
        assertThat(held.json().has("instant")).isFalse();
        assertThat(held.transaction()).isEqualTo(snapshot);
        assertThat(entity("x").transaction()).isEqualTo(snapshot);
        Answer noted =
                api.post(
                        TRANSACTIONS,
                        "{\"reason\": \"why\", \"operations\": ["
                                + op("expect", "x", "\"ifMatch\": 1")
                                + "]}");
        noted.expectProblem(422, "invalid-body");
        assertThat(pointer(noted)).isEqualTo("/reason");
    }

    @Test
    void operationsAreBounded() {
        String many =
                IntStream.range(0, 1000)
                        .mapToObj(i -> op("put", "e" + i, ""))
                        .collect(Collectors.joining(", "));

        make(many).expect(200);
        Answer refused = make(many, op("put", "one-more", ""));

        refused.expectProblem(422, "invalid-body");
        assertThat(pointer(refused)).isEqualTo("/operations");
        make().expectProblem(422, "invalid-body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"op": "drop", "dataset": "default", "id": "a"}|422|invalid-body|/op
                    {"dataset": "default", "id": "a"}|422|invalid-body|/op
                    {"op": 7, "dataset": "default", "id": "a"}|422|invalid-body|/op
                    {"op": "put", "id": "a"}|422|invalid-body|/dataset
                    {"op": "put", "dataset": "default"}|422|invalid-body|/id
                    {"op": "put", "dataset": "default", "id": ""}|422|invalid-entity|/id
                    {"op": "put", "dataset": "Nope!", "id": "a"}|422|invalid-entity|/dataset
                    {"op": "put", "dataset": "system", "id": "a"}|403|access-denied|''
                    {"op": "put", "dataset": "never-made", "id": "a"}|409|operation-failed|''
                    {"op": "put", "dataset": "default", "id": "a", "tag": []}|422|unknown-field|/tag
                    {"op": "put", "dataset": "default", "id": "a", "tags": {}}|422|invalid-entity|/tags
                    {"op": "put", "dataset": "default", "id": "a", "tags": ["x:y", "z"]}|422|invalid-entity|/tags/1
                    {"op": "put", "dataset": "default", "id": "a", "content": "?"}|422|invalid-entity|/content
                    {"op": "put", "dataset": "default", "id": "a", "contentType": 1}|422|invalid-entity|/contentType
                    {"op": "put", "dataset": "default", "id": "a", "ifMatch": "3"}|422|invalid-body|/ifMatch
                    {"op": "put", "dataset": "default", "id": "a", "ifMatch": 1.5}|422|invalid-body|/ifMatch
                    {"op": "put", "dataset": "default", "id": "a", "ifNoneMatch": []}|422|invalid-body|/ifNoneMatch
                    {"op": "create", "dataset": "default", "ifMatch": 1}|422|unknown-field|/ifMatch
                    {"op": "delete", "dataset": "default", "id": "a", "tags": []}|422|unknown-field|/tags
                    {"op": "expect", "dataset": "default", "id": "a"}|422|invalid-body|''
                    {"op": "patch", "dataset": "default", "id": "a", "tags": {"ad": []}}|422|unknown-field|/tags/ad
                    {"op": "patch", "dataset": "default", "id": "a", "tags": {"add": 1}}|422|invalid-body|/tags/add
                    """)
    void badOperationsAreNamed(String operation, int status, String code, String fault) {
        Answer refused = make(op("put", "fine", ""), operation);

        refused.expectProblem(status, code);
        assertThat(pointer(refused)).isEqualTo("/operations/1" + fault);
        entity("fine").expectProblem(404, "entity-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}|invalid-body|/operations
                    {"operations": null}|invalid-body|/operations
                    {"operations": {}}|invalid-body|/operations
                    {"operations": [null]}|invalid-body|/operations/0
                    {"operations": [OP], "reason": ""}|invalid-body|/reason
                    {"operations": [OP], "reason": 1}|invalid-body|/reason
                    {"operations": [OP], "metadata": []}|invalid-body|/metadata
                    {"operations": [OP], "metadata": {"a": "\\ud800"}}|invalid-body|/metadata
                    {"operations": [OP], "reason": "\\ud800"}|invalid-body|/reason
                    {"operations": [OP], "metadata": {"a": "LONG"}}|invalid-body|/metadata
                    {"operations": [OP], "because": ""}|unknown-field|/because
                    """)
    void badTransactionsAreNamed(String body, String code, String fault) {
        Answer refused =
                api.post(
                        TRANSACTIONS,
                        body.replace("OP", op("put", "fine", ""))
                                .replace("LONG", "x".repeat(16 * 1024)));

        refused.expectProblem(422, code);
        assertThat(pointer(refused)).isEqualTo(fault);
        entity("fine").expectProblem(404, "entity-not-found");
    }

    @Test
    void idsAreMadeWhereNoneIsGiven() {
        String bare = "{\"op\": \"create\", \"dataset\": \"" + dataset + "\"}";

        Answer made = make(bare, bare);

        made.expect(200);
        assertThat(made.json().path("results").findValuesAsString("id")).doesNotHaveDuplicates();
        for (String id : made.json().path("results").findValuesAsString("id")) {
            entity(id).expect(200);
        }
    }

    @Test
    void mergeOfNothingIsMade() {
        api.put(Api.entity(dataset, "x"), "{\"tags\": [\"a:1\"], \"content\": {\"n\": 1}}");

        make(op("patch", "x", "\"content\": null")).expect(200);

        assertThat(entity("x").json().path("contentLength").longValue()).isZero();
        assertThat(entity("x").texts("tags")).containsExactly("a:1");
        make(op("patch", "x", "\"tags\": null")).expect(200);
        assertThat(entity("x").texts("tags")).isEmpty();
    }
}
