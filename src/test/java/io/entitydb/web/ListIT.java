package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Entities are found by tags, in order, page by page. */
@ServiceTest
class ListIT {

    private static final String DATASET = "list";
    private static final String ENTITIES = Api.entities(DATASET);

    private final Api api;

    ListIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void fill() {
        if (api.post("/api/v1/datasets", "{\"name\": \"" + DATASET + "\"}").status() == 201) {
            put("a", "type:fruit", "color:red", "size:1");
            put("b", "type:fruit", "color:green", "size:12");
            put("c", "type:root", "color:red");
            put("d", "type:root", "size:2");
            put("e", "color:red");
            api.delete(Api.entity(DATASET, "e")).expect(204);
        }
    }

    private void put(String id, String... tags) {
        String all = String.join("\",\"", tags);
        api.put(
                        Api.entity(DATASET, id),
                        "{\"tags\": [\"" + all + "\"], \"content\": {\"name\": \"" + id + "\"}}")
                .expect(201);
    }

    private List<String> ids(String query) {
        return api.get(ENTITIES + "?sort=id&" + query).expect(200).ids();
    }

    @Test
    void everyLivingEntityIsFoundWithoutConditions() {
        assertThat(ids("")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void conditionsNarrow() {
        assertThat(ids("tag=type:fruit")).containsExactly("a", "b");
        assertThat(ids("tag=type:fruit&tag=color:red")).containsExactly("a");
        assertThat(ids("any=color:green&any=size:2")).containsExactly("b", "d");
        assertThat(ids("not=color:red")).containsExactly("b", "d");
        assertThat(ids("not=color:red&not=size:2")).containsExactly("b");
        assertThat(ids("prefix=size:1")).containsExactly("a", "b");
        assertThat(ids("namespace=size&tag=type:root")).containsExactly("d");
        assertThat(ids("state=deleted")).containsExactly("e");
        assertThat(ids("state=any")).containsExactly("a", "b", "c", "d", "e");
        assertThat(ids("tag=type:none")).isEmpty();
    }

    @Test
    void orderIsAsAsked() {
        assertThat(api.get(ENTITIES + "?sort=-id").ids()).containsExactly("d", "c", "b", "a");
        assertThat(api.get(ENTITIES + "?sort=-createdAt,id").ids())
                .containsExactly("d", "c", "b", "a");
        assertThat(api.get(ENTITIES + "?sort=updatedAt").ids()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void pagesStayOnTheirSnapshot() {
        Answer page = api.get(ENTITIES + "?sort=id&limit=2&count=exact").expect(200);
        List<String> seen = new ArrayList<>(page.ids());
        long snapshot = page.transaction();
        assertThat(page.json().path("total").asInt()).isEqualTo(4);
        put("e", "type:late");

        while (page.json().has("next")) {
            String cursor = page.json().path("next").asString();
            page = api.get(ENTITIES + "?sort=id&limit=2&cursor=" + cursor).expect(200);
            seen.addAll(page.ids());
            assertThat(page.json().path("snapshot").asLong()).isEqualTo(snapshot);
            assertThat(page.json().has("total")).isFalse();
        }

        assertThat(seen).containsExactly("a", "b", "c", "d");
        assertThat(ids("tag=type:late")).containsExactly("e");
        api.delete(Api.entity(DATASET, "e")).expect(204);
    }

    @Test
    void cursorOfAnotherQueryIsRefused() {
        String cursor = api.get(ENTITIES + "?limit=1").json().path("next").asString();

        Answer refused = api.get(ENTITIES + "?limit=1&tag=type:root&cursor=" + cursor);

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly("cursor");
    }

    @Test
    void itemsAreEntitiesInTheAskedForm() {
        Answer page = api.get(ENTITIES + "?tag=type:fruit&sort=id&limit=1").expect(200);
        Answer entity = api.get(Api.entity(DATASET, "a"));

        assertThat(page.json().path("items").path(0)).isEqualTo(entity.json());
        assertThat(
                        api.get(ENTITIES + "?sort=id&limit=1&fields=tags,content&content=json")
                                .json()
                                .path("items")
                                .path(0))
                .hasToString(
                        "{\"id\":\"a\",\"tags\":[\"color:red\",\"size:1\",\"type:fruit\"],"
                                + "\"content\":{\"name\":\"a\"}}");
    }

    @Test
    void listReflectsEveryAcknowledgedWrite() {
        String entities = Api.entities("default");
        for (int i = 0; i < 20; i++) {
            Answer made = api.post(entities, "{\"tags\": [\"ryw:" + i + "\"]}").expect(201);

            Answer page = api.get(entities + "?tag=ryw:" + i).expect(200);

            assertThat(page.ids()).containsExactly(made.json().path("id").asString());
            assertThat(page.transaction()).isGreaterThanOrEqualTo(made.transaction());
            api.delete(made.header("Location")).expect(204);
            assertThat(api.get(entities + "?tag=ryw:" + i).ids()).isEmpty();
        }
    }
}
