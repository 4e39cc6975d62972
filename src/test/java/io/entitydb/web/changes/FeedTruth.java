package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Writes transactions of several entities and notes, from the answers alone, what a feed has to
 * tell of them. Thread-safe.
 */
final class FeedTruth {

    private static final int ENTITIES = 40;
    private static final int MOST_OPERATIONS = 5;

    private final Api api;
    private final String dataset;
    private final ConcurrentSkipListMap<Long, List<String>> written = new ConcurrentSkipListMap<>();

    FeedTruth(Api api, String dataset) {
        this.api = api;
        this.dataset = dataset;
    }

    /** Writes one transaction; each writer has entities of its own. */
    void write(int writer, Random random) {
        int first = random.nextInt(ENTITIES);
        StringBuilder operations = new StringBuilder();
        int count = 1 + random.nextInt(MOST_OPERATIONS);
        for (int i = 0; i < count; i++) {
            String id = "w" + writer + "-" + (first + i) % ENTITIES;
            operations
                    .append(i == 0 ? "" : ",")
                    .append("{\"op\":\"put\",\"dataset\":\"")
                    .append(dataset)
                    .append("\",\"id\":\"")
                    .append(id)
                    .append("\",\"tags\":[\"n:")
                    .append(random.nextInt(1000))
                    .append("\"]}");
        }
        Answer answer = api.post("/api/v1/transactions", "{\"operations\":[" + operations + "]}");
        answer.expect(200);
        long transaction = answer.json().path("transaction").asLong();
        List<String> changes = new ArrayList<>();
        for (JsonNode result : answer.json().path("results")) {
            changes.add(
                    transaction
                            + " "
                            + result.path("id").asString()
                            + " "
                            + result.path("version").asLong());
        }
        assertThat(changes).hasSize(count);
        written.put(transaction, changes);
    }

    /** A change as {@link #all} tells it. */
    static String told(JsonNode change) {
        return change.path("transaction").asLong()
                + " "
                + change.path("id").asString()
                + " "
                + change.path("version").asLong();
    }

    /** Everything that was written, in the order of the commits. */
    List<String> all() {
        return written.values().stream().flatMap(List::stream).toList();
    }
}
