package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** The store tells which one it is, and proves its history. */
@ServiceTest
class StoreIT {

    private static final String STORE = "/api/v1/store";

    private final Api api;

    StoreIT(Api api) {
        this.api = api;
    }

    @Test
    void storeTellsItsNewestTransactionAndLimits() {
        JsonNode before = api.get(STORE).expect(200).json();
        long transaction = api.put(Api.entity("default", "store-it"), "{}").transaction();

        Answer answer = api.get(STORE).expect(200);

        JsonNode store = answer.json();
        assertThat(store.path("newest").path("transaction").asLong()).isEqualTo(transaction);
        assertThat(answer.transaction()).isEqualTo(transaction);
        assertThat(store.path("livingEntities").asLong())
                .isEqualTo(before.path("livingEntities").asLong() + 1);
        assertThat(store.path("storeId").asString())
                .matches("[0-9a-f-]{36}")
                .isEqualTo(before.path("storeId").asString());
        assertThat(store.path("epoch").asLong()).isPositive();
        assertThat(store.path("formatVersion").asInt()).isEqualTo(5);
        assertThat(store.path("state").asString()).isEqualTo("ready");
        assertThat(store.has("reason")).isFalse();
        assertThat(store.path("limits").path("bodyBytes").asLong()).isEqualTo(16 << 20);
        assertThat(store.path("limits").path("tags").asInt()).isEqualTo(1000);
    }

    @Test
    void digestIsThatOfTheTransaction() {
        Answer made = api.put(Api.entity("default", "store-digest"), "{}");
        String number = Long.toString(made.transaction());
        String digest = api.get("/api/v1/transactions/" + number).json().path("digest").asString();
        JsonNode newest = api.get(STORE + "/digest").expect(200).json();
        api.put(Api.entity("default", "store-digest"), "{\"tags\": [\"a:b\"]}").expect(200);

        Answer later = api.get(STORE + "/digest?tx=" + number).expect(200);

        assertThat(later.json()).isEqualTo(newest);
        assertThat(later.json().path("digest").asString()).isEqualTo(digest).hasSize(64);
        assertThat(later.json().path("instant").asString())
                .isEqualTo(made.json().path("updatedAt").asString());
        assertThat(later.transaction()).isEqualTo(made.transaction());
        assertThat(api.get(STORE + "/digest?tx=0").expect(200).json().path("digest").asString())
                .isEqualTo("0".repeat(64));
    }

    @Test
    void whatIsNotThereIsRefused() {
        api.get(STORE + "/digest?tx=999999999").expectProblem(404, "transaction-not-found");
        for (String bad : new String[] {"", "-1", "one", "tx:1", "1234567890123456789"}) {
            assertThat(
                            api.get(STORE + "/digest?tx=" + bad)
                                    .expectProblem(422, "invalid-query")
                                    .faults())
                    .containsExactly("tx");
        }
        api.get(STORE + "?tx=1").expectProblem(422, "unknown-parameter");
        api.get(STORE + "/digest?transaction=1").expectProblem(422, "unknown-parameter");
    }
}
