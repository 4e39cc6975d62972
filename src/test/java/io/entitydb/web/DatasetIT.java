package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Datasets are made, listed and deleted. */
@ServiceTest
class DatasetIT {

    private static final String DATASETS = "/api/v1/datasets";

    private final Api api;

    DatasetIT(Api api) {
        this.api = api;
    }

    private Answer make(String name) {
        return api.post(DATASETS, "{\"name\": \"" + name + "\"}");
    }

    @Test
    void madeDatasetTakesEntitiesOfItsOwn() {
        Answer made = make("ds-life").expect(201);

        assertThat(made.header("Location")).isEqualTo(DATASETS + "/ds-life");
        assertThat(made.tag()).isEqualTo("\"1\"");
        assertThat(made.json().path("state").asString()).isEqualTo("active");
        assertThat(api.get(DATASETS + "/ds-life").expect(200).body()).isEqualTo(made.body());
        api.put(Api.entity("ds-life", "x"), "{}").expect(201);
        api.get(Api.entity("default", "x")).expectProblem(404, "entity-not-found");
    }

    @Test
    void nameIsTakenOnlyOnce() {
        make("ds-twice").expect(201);

        make("ds-twice").expectProblem(409, "dataset-exists");
        make("default").expectProblem(409, "dataset-exists");
    }

    @Test
    void defaultAlwaysExists() {
        assertThat(api.get(DATASETS + "/default").expect(200).body())
                .isEqualTo("{\"name\":\"default\",\"state\":\"active\"}");
        api.delete(DATASETS + "/default").expectProblem(403, "access-denied");
    }

    @Test
    void onlyEmptyDatasetsAreDeleted() {
        make("ds-full").expect(201);
        api.put(Api.entity("ds-full", "x"), "{}").expect(201);

        api.delete(DATASETS + "/ds-full").expectProblem(409, "dataset-not-empty");
        assertThat(api.get(DATASETS + "/ds-full").json().path("state").asString())
                .isEqualTo("active");
        api.delete(Api.entity("ds-full", "x")).expect(204);
        api.delete(DATASETS + "/ds-full").expect(204);

        api.get(DATASETS + "/ds-full").expectProblem(404, "dataset-not-found");
        api.delete(DATASETS + "/ds-full").expectProblem(404, "dataset-not-found");
        api.put(Api.entity("ds-full", "y"), "{}").expectProblem(404, "dataset-not-found");
        api.post(Api.entity("ds-full", "x") + ":restore").expectProblem(404, "dataset-not-found");
        api.get(Api.entity("ds-full", "x") + "?asOf=v:1").expect(200);
    }

    @Test
    void deletedDatasetCanBeMadeAnew() {
        make("ds-again").expect(201);
        api.delete(DATASETS + "/ds-again").expect(204);

        Answer anew = make("ds-again").expect(201);

        assertThat(anew.json().path("version").asInt()).isGreaterThan(1);
        api.put(Api.entity("ds-again", "x"), "{}").expect(201);
    }

    @Test
    void deletionHeedsConditions() {
        make("ds-condition").expect(201);

        api.delete(DATASETS + "/ds-condition", "If-Match", "\"2\"")
                .expectProblem(412, "precondition-failed");
        api.delete(DATASETS + "/ds-condition", "If-Match", "\"1\"").expect(204);
    }

    @Test
    void allAreListedPageByPage() {
        make("ds-list-1");
        make("ds-list-2");
        for (int limit : new int[] {1, 2, 3, 1000}) {
            List<String> names = new ArrayList<>();
            String next = "";
            do {
                Answer page = api.get(DATASETS + "?limit=" + limit + next).expect(200);
                assertThat(page.json().path("items").size()).isLessThanOrEqualTo(limit);
                page.json().path("items").forEach(item -> names.add(item.path("name").asString()));
                next =
                        page.json().has("next")
                                ? "&cursor=" + page.json().path("next").asString()
                                : "";
            } while (!next.isEmpty());

            assertThat(names).startsWith("default").contains("ds-list-1", "ds-list-2");
            assertThat(names).doesNotHaveDuplicates();
            assertThat(names.subList(1, names.size())).isSorted();
        }
    }
}
