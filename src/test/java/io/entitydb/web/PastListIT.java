package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** A whole dataset can be read as it was, and by the times of its entities. */
@ServiceTest
class PastListIT {

    private final Api api;

    private String dataset = "";
    private String entities = "";

    PastListIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void makeDataset(TestInfo test) {
        dataset = "past-" + Integer.toHexString(test.getDisplayName().hashCode());
        entities = Api.entities(dataset);
        api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
    }

    private Answer put(String id, String... tags) {
        String all = String.join("\",\"", tags);
        return api.put(Api.entity(dataset, id), "{\"tags\": [\"" + all + "\"]}");
    }

    private static String at(Answer written) {
        return written.json().path("updatedAt").asString();
    }

    private List<String> ids(String query) {
        return api.get(entities + "?sort=id&" + query).expect(200).ids();
    }

    @Test
    void listsShowWhatWasInForce() {
        Answer first = put("a", "color:red");
        Answer second = put("b", "color:red");
        Answer third = put("a", "color:green");
        long deleted = api.delete(Api.entity(dataset, "b")).expect(204).transaction();
        Answer restored = api.post(Api.entity(dataset, "b") + ":restore").expect(200);

        assertThat(ids("tag=color:red&asOf=tx:" + first.transaction())).containsExactly("a");
        assertThat(ids("tag=color:red&asOf=" + at(first))).containsExactly("a");
        assertThat(ids("tag=color:red&asOf=" + at(second))).containsExactly("a", "b");
        assertThat(ids("tag=color:red&asOf=" + at(third))).containsExactly("b");
        assertThat(ids("tag=color:red&asOf=tx:" + deleted)).isEmpty();
        assertThat(ids("state=deleted&asOf=tx:" + deleted)).containsExactly("b");
        assertThat(ids("tag=color:red&asOf=" + at(restored))).containsExactly("b");
        assertThat(ids("asOf=tx:0")).isEmpty();
        assertThat(ids("asOf=1970-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void transactionOfAnAnswerReproducesIt() {
        put("a", "color:red");
        put("b", "color:red");
        Answer before = api.get(entities + "?sort=-updatedAt&count=exact").expect(200);
        String instant = before.json().path("items").path(0).path("updatedAt").asString();
        put("a", "color:green");
        put("c", "color:red");

        Answer byTransaction =
                api.get(entities + "?sort=-updatedAt&count=exact&asOf=tx:" + before.transaction());
        Answer byInstant = api.get(entities + "?sort=-updatedAt&count=exact&asOf=" + instant);

        assertThat(byTransaction.body()).isEqualTo(before.body());
        assertThat(byTransaction.transaction()).isEqualTo(before.transaction());
        assertThat(byInstant.body()).isEqualTo(before.body());
    }

    @Test
    void pagesOfThePastStayThere() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            put(id, "n:1");
        }
        String asOf = "asOf=" + at(put("f", "n:1"));
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get(entities + "?limit=2&" + asOf + cursor).expect(200);
            seen.addAll(page.ids());
            cursor =
                    page.json().has("next") ? "&cursor=" + page.json().path("next").asString() : "";
            api.delete(Api.entity(dataset, seen.getLast())).expect(204);
            put("a" + seen.size(), "n:1");
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void cursorOfAnotherPointIsRefused() {
        long transaction = put("a", "n:1").transaction();
        put("b", "n:1");
        put("c", "n:1");
        String present = api.get(entities + "?limit=1").json().path("next").asString();

        Answer refused =
                api.get(entities + "?limit=1&asOf=tx:" + transaction + "&cursor=" + present);

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly("cursor");
    }

    @Test
    void rangesAreHalfOpen() {
        String first = at(put("a", "n:1"));
        String second = at(put("b", "n:1"));
        String third = at(put("a", "n:2"));

        assertThat(ids("createdFrom=" + second)).containsExactly("b");
        assertThat(ids("createdTo=" + second)).containsExactly("a");
        assertThat(ids("createdFrom=" + first + "&createdTo=" + third)).containsExactly("a", "b");
        assertThat(ids("updatedFrom=" + second + "&updatedTo=" + third)).containsExactly("b");
        assertThat(ids("updatedFrom=" + third)).containsExactly("a");
        assertThat(ids("updatedTo=" + second + "&asOf=" + second)).containsExactly("a");
        assertThat(ids("updatedTo=" + second)).isEmpty();
    }

    @Test
    void deletedDatasetCanStillBeReadAsItWas() {
        long transaction = put("a", "n:1").transaction();
        api.delete(Api.entity(dataset, "a")).expect(204);
        api.delete("/api/v1/datasets/" + dataset).expect(204);

        api.get(entities).expectProblem(404, "dataset-not-found");
        assertThat(ids("asOf=tx:" + transaction)).containsExactly("a");
        api.get(Api.entities("never-made") + "?asOf=tx:" + transaction)
                .expectProblem(404, "dataset-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asOf=yesterday|asOf",
                "asOf=v:1|asOf",
                "asOf=tx:999999999|asOf",
                "asOf=tx:-1|asOf",
                "asOf=2200-01-01T00:00:00Z|asOf",
                "asOf=tx:1&asOf=tx:2|asOf",
                "asOf=|asOf",
                "createdFrom=2026|createdFrom",
                "createdTo=1|createdTo",
                "updatedFrom=2026-01-01T00:00:00|updatedFrom",
                "updatedTo=1970-01-01T00:00:00Z|updatedTo",
                "createdFrom=2026-01-02T00:00:00Z&createdTo=2026-01-01T00:00:00Z|createdTo",
                "updatedFrom=2026-01-02T00:00:00Z&updatedTo=2026-01-02T00:00:00Z|updatedTo",
                "tag=a:b&not=a:b|not"
            })
    void wrongPointsAndRangesAreRefusedByName(String query, String parameter) {
        Answer refused = api.get(entities + "?" + query);

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly(parameter);
    }
}
