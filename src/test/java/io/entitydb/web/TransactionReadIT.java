package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a transaction did can be read for ever. */
@ServiceTest
class TransactionReadIT {

    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final Api api;
    private final String dataset = "read-" + UUID.randomUUID();
    private final long created;

    TransactionReadIT(Api api) {
        this.api = api;
        created =
                api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}")
                        .expect(201)
                        .json()
                        .path("transaction")
                        .longValue();
    }

    private String op(String op, String id) {
        return "{\"op\": \"%s\", \"dataset\": \"%s\", \"id\": \"%s\"}".formatted(op, dataset, id);
    }

    private long make(String members, String... operations) {
        return api.post(
                        TRANSACTIONS,
                        "{\"operations\": [" + String.join(", ", operations) + "]" + members + "}")
                .expect(200)
                .transaction();
    }

    private Answer read(long number) {
        return api.get(TRANSACTIONS + "/" + number).expect(200);
    }

    @Test
    void changesAreToldInTheOrderOfWriting() {
        make("", op("put", "old"), op("put", "doomed"), op("put", "gone"));
        make("", op("delete", "gone"));
        String metadata =
                ", \"reason\": \"why \u2014 \ud83d\ude00\", \"metadata\": {\"n\": 1.50, \"deep\": [{}]}";

        long number =
                make(
                        metadata,
                        op("restore", "gone"),
                        op("put", "fresh"),
                        op("patch", "old"),
                        op("delete", "doomed"));

        Answer told = read(number);
        JsonNode json = told.json();
        assertThat(json.path("changes").findValuesAsString("op"))
                .containsExactly("restored", "created", "updated", "deleted");
        assertThat(json.path("changes").findValuesAsString("id"))
                .containsExactly("gone", "fresh", "old", "doomed");
        assertThat(json.path("changes").findValuesAsString("version"))
                .containsExactly("3", "1", "2", "2");
        assertThat(json.path("transaction").longValue()).isEqualTo(number);
        assertThat(told.transaction()).isEqualTo(number);
        assertThat(json.path("principal").asString()).isEqualTo("admin");
        assertThat(json.path("reason").asString()).isEqualTo("why \u2014 \ud83d\ude00");
        assertThat(told.body()).contains("\"metadata\":{\"n\":1.50,\"deep\":[{}]}");
        assertThat(json.path("digest").asString()).matches("[0-9a-f]{64}");
        assertThat(json.has("datasets")).isFalse();
        assertThat(json.has("next")).isFalse();
        JsonNode entity = api.get(Api.entity(dataset, "fresh")).json();
        assertThat(json.path("instant")).isEqualTo(entity.path("updatedAt"));
    }

    @Test
    void everyChangeIsATransaction() {
        long number = api.put(Api.entity(dataset, "single"), "{}").transaction();

        JsonNode json = read(number).json();

        assertThat(json.path("changes").findValuesAsString("id")).containsExactly("single");
        assertThat(json.has("reason")).isFalse();
        assertThat(json.has("metadata")).isFalse();
    }

    @Test
    void whatTheServiceKeepsForItselfIsNotTold() {
        long number =
                api.post(
                                TRANSACTIONS,
                                "{\"reason\": \"r\", \"operations\": [" + op("put", "x") + "]}",
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .expect(200)
                        .transaction();

        Answer told = read(number);

        assertThat(told.json().path("changes").findValuesAsString("id")).containsExactly("x");
        assertThat(told.body()).doesNotContain("system", "idempotency");
        assertThat(told.json().path("reason").asString()).isEqualTo("r");
    }

    @Test
    void datasetsAreTold() {
        JsonNode made = read(created).json();
        long deleted = api.delete("/api/v1/datasets/" + dataset).expect(204).transaction();
        JsonNode gone = read(deleted).json();

        assertThat(made.path("changes").isEmpty()).isTrue();
        assertThat(made.path("datasets").path(0).path("op").asString()).isEqualTo("created");
        assertThat(made.path("datasets").path(0).path("name").asString()).isEqualTo(dataset);
        assertThat(gone.path("datasets").path(0).path("op").asString()).isEqualTo("deleted");
    }

    @Test
    void manyChangesComePageByPage() {
        List<String> ids = IntStream.range(0, 120).mapToObj(i -> "e" + i).toList();
        long number =
                make("", ids.stream().map(id -> op("put", id)).collect(Collectors.joining(", ")));
        List<String> told = new ArrayList<>();

        String page = "";
        int pages = 0;
        while (page != null) {
            Answer answer = api.get(TRANSACTIONS + "/" + number + page).expect(200);
            told.addAll(answer.json().path("changes").findValuesAsString("id"));
            pages++;
            String next = answer.json().path("next").asString("");
            page = next.isEmpty() ? null : "?cursor=" + next;
        }

        assertThat(told).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
        assertThat(
                        api.get(TRANSACTIONS + "/" + number + "?limit=1000")
                                .json()
                                .path("changes")
                                .size())
                .isEqualTo(120);
    }

    @ParameterizedTest
    @CsvSource({
        "/0, 404, transaction-not-found",
        "/999999999999999999, 404, transaction-not-found",
        "/1000000000000000000, 422, invalid-query",
        "/-1, 422, invalid-query",
        "/abc, 422, invalid-query",
        "/1?limit=0, 422, invalid-query",
        "/1?limit=1001, 422, invalid-query",
        "/1?cursor=7, 422, invalid-query",
        "/1?cursor=x, 422, invalid-query",
        "/1?page=2, 422, unknown-parameter",
    })
    void badRequestsAreNamed(String path, int status, String code) {
        api.get(TRANSACTIONS + path).expectProblem(status, code);
    }
}
