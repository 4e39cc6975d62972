package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Queries with nested conditions, words and facets, in both forms. */
@ServiceTest
class QueryIT {

    private static final String DATASET = "query";
    private static final String ENTITIES = Api.entities(DATASET);
    private static final String QUERY = ENTITIES + ":query";

    private static long before;

    private final Api api;

    QueryIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void fill() {
        if (api.post("/api/v1/datasets", "{\"name\": \"" + DATASET + "\"}").status() == 201) {
            put("a", "\"type:fruit\", \"color:red\"", "{\"name\": \"Red apple\", \"n\": 17}");
            put("b", "\"type:fruit\", \"color:green\"", "{\"name\": \"Green apples, many\"}");
            put("c", "\"type:root\", \"color:red\"", "[\"The beet is\", \"red apple\"]");
            before = put("d", "\"type:root\"", "{\"apple\": 1}").transaction();
            put("d", "\"type:leaf\", \"color:green\"", "{\"text\": \"apple leaf\"}");
            api.delete(Api.entity(DATASET, "c")).expect(204);
        }
    }

    private Answer put(String id, String tags, String content) {
        return api.put(
                Api.entity(DATASET, id),
                "{\"tags\": [" + tags + "], \"content\": " + content + "}");
    }

    private List<String> found(String where) {
        return api.post(QUERY, "{\"sort\": \"id\", \"where\": " + where + "}").expect(200).ids();
    }

    private List<String> texts(String text) {
        return api.get(ENTITIES + "?sort=id&text=" + Api.segment(text)).expect(200).ids();
    }

    @Test
    void clausesNest() {
        assertThat(found("{}")).containsExactly("a", "b", "d");
        assertThat(found("{\"all\": [\"type:fruit\", {\"any\": [\"color:red\", \"color:blue\"]}]}"))
                .containsExactly("a");
        assertThat(found("{\"any\": [\"type:leaf\", {\"all\": [\"color:red\", \"type:fruit\"]}]}"))
                .containsExactly("a", "d");
        assertThat(found("{\"not\": [{\"all\": [\"type:fruit\", \"color:red\"]}, \"type:leaf\"]}"))
                .containsExactly("b");
        assertThat(found("{\"all\": [], \"not\": []}")).containsExactly("a", "b", "d");
        assertThat(found("{\"prefix\": \"color:g\", \"namespace\": [\"type\", \"color\"]}"))
                .containsExactly("b", "d");
        assertThat(found("{\"any\": [{\"text\": \"leaf\"}, {\"prefix\": [\"color:r\"]}]}"))
                .containsExactly("a", "d");
        assertThat(found("{\"createdFrom\": \"2000-01-01T00:00:00Z\"}"))
                .containsExactly("a", "b", "d");
        assertThat(found("{\"updatedTo\": \"2000-01-01T00:00:00Z\"}")).isEmpty();
    }

    @Test
    void wordsAreFoundInContents() {
        assertThat(texts("apple")).containsExactly("a", "d");
        assertThat(texts("APPLE")).containsExactly("a", "d");
        assertThat(texts("apple*")).containsExactly("a", "b", "d");
        assertThat(texts("red apple")).containsExactly("a");
        assertThat(texts("apple red")).containsExactly("a");
        assertThat(texts("\"red apple\"")).containsExactly("a");
        assertThat(texts("\"apple red\"")).isEmpty();
        assertThat(texts("apple* -leaf -green")).containsExactly("a");
        assertThat(texts("-apple")).containsExactly("b");
        assertThat(texts("name")).isEmpty();
        assertThat(texts("17")).isEmpty();
        assertThat(api.get(ENTITIES + "?text=apple&text=leaf").ids()).containsExactly("d");
        assertThat(api.get(ENTITIES + "?text=apple&tag=type:fruit").ids()).containsExactly("a");
    }

    @Test
    void wordsAreThoseOfTheirTime() {
        String past = "&sort=id&asOf=tx:" + before;

        assertThat(api.get(ENTITIES + "?text=apple" + past).ids()).containsExactly("a", "c");
        assertThat(api.get(ENTITIES + "?text=leaf" + past).ids()).isEmpty();
        assertThat(api.get(ENTITIES + "?text=%22is%20red%22" + past).ids()).isEmpty();
    }

    @Test
    void facetsCountTheWholeAnswer() {
        String json =
                api.post(
                                QUERY,
                                "{\"limit\": 1, \"fields\": \"id\", \"facets\": [\"color\","
                                        + " \"none\"]}")
                        .expect(200)
                        .json()
                        .path("facets")
                        .toString();

        assertThat(json)
                .isEqualTo(
                        "{\"color\":{\"distinct\":2,\"values\":["
                                + "{\"value\":\"green\",\"entities\":2},"
                                + "{\"value\":\"red\",\"entities\":1}]},"
                                + "\"none\":{\"distinct\":0,\"values\":[]}}");
        assertThat(
                        api.get(
                                        ENTITIES
                                                + "?facets=color,type&facetLimit=1&tag=type:fruit"
                                                + "&limit=1")
                                .expect(200)
                                .json()
                                .path("facets")
                                .toString())
                .isEqualTo(
                        "{\"color\":{\"distinct\":2,\"values\":["
                                + "{\"value\":\"green\",\"entities\":1}]},"
                                + "\"type\":{\"distinct\":1,\"values\":["
                                + "{\"value\":\"fruit\",\"entities\":2}]}}");
        assertThat(
                        api.get(ENTITIES + "?facets=color&asOf=tx:" + before)
                                .expect(200)
                                .json()
                                .path("facets")
                                .toString())
                .isEqualTo(
                        "{\"color\":{\"distinct\":2,\"values\":["
                                + "{\"value\":\"red\",\"entities\":2},"
                                + "{\"value\":\"green\",\"entities\":1}]}}");
    }

    @Test
    void bothFormsGiveTheSameAnswer() {
        Answer flat =
                api.get(
                        ENTITIES
                                + "?tag=type:fruit&any=color:red&any=color:green&not=type:leaf"
                                + "&prefix=color:&text=apple*&sort=-id&limit=1&count=exact"
                                + "&fields=id,tags&facets=type");
        Answer nested =
                api.post(
                        QUERY,
                        "{\"where\": {\"all\": [\"type:fruit\"], \"any\": [\"color:red\","
                                + " \"color:green\"], \"not\": [\"type:leaf\"], \"prefix\":"
                                + " \"color:\", \"text\": \"apple*\"}, \"sort\": \"-id\","
                                + " \"limit\": 1, \"count\": \"exact\", \"fields\": \"id,tags\","
                                + " \"facets\": [\"type\"]}");

        assertThat(nested.expect(200).body()).isEqualTo(flat.expect(200).body());
        assertThat(nested.json().path("total").asInt()).isEqualTo(2);
        assertThat(nested.transaction()).isEqualTo(flat.transaction());
        String next = nested.json().path("next").asString();
        assertThat(
                        api.post(
                                        QUERY,
                                        "{\"where\": {\"all\": [\"type:fruit\"], \"any\":"
                                                + " [\"color:red\", \"color:green\"], \"not\":"
                                                + " [\"type:leaf\"], \"prefix\": \"color:\","
                                                + " \"text\": \"apple*\"}, \"sort\": \"-id\","
                                                + " \"cursor\": \""
                                                + next
                                                + "\"}")
                                .expect(200)
                                .ids())
                .containsExactly("a");
    }

    @Test
    void tagsAreCounted() {
        String tags = "/api/v1/datasets/" + DATASET + "/tags";

        assertThat(api.get(tags).expect(200).json().path("items").toString())
                .isEqualTo(
                        "[{\"namespace\":\"color\",\"values\":2,\"entities\":3},"
                                + "{\"namespace\":\"type\",\"values\":2,\"entities\":3}]");
        assertThat(api.get(tags + "/type").expect(200).json().path("items").toString())
                .isEqualTo(
                        "[{\"value\":\"fruit\",\"entities\":2},"
                                + "{\"value\":\"leaf\",\"entities\":1}]");
        String past = "?asOf=tx:" + before;
        assertThat(api.get(tags + "/type" + past).expect(200).json().path("items").toString())
                .isEqualTo(
                        "[{\"value\":\"fruit\",\"entities\":2},"
                                + "{\"value\":\"root\",\"entities\":2}]");
        assertThat(api.get(tags + "/type" + past).transaction()).isEqualTo(before);
        assertThat(api.get(tags + "/none").expect(200).json().path("items").isEmpty()).isTrue();

        Answer page = api.get(tags + "?limit=1").expect(200);
        String next = "&cursor=" + page.json().path("next").asString();
        assertThat(api.get(tags + "?limit=1" + next).expect(200).json().at("/items/0/namespace"))
                .hasToString("\"type\"");
        api.get(tags + "/type?limit=1" + next).expectProblem(422, "invalid-query");
        api.get(tags + "?limit=1&asOf=tx:1" + next).expectProblem(422, "invalid-query");
        api.get(ENTITIES + "?limit=1" + next).expectProblem(422, "invalid-query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"where\": {\"all\": [\"nonsense\"]}}|invalid-query|/where/all/0",
                "{\"where\": {\"any\": []}}|invalid-query|/where/any",
                "{\"where\": {\"any\": [{\"not\": [\"a:\"]}]}}|invalid-query|/where/any/0/not/0",
                "{\"where\": {\"all\": [\"a:b\"], \"not\": [\"a:b\"]}}|invalid-query|/where/not/0",
                "{\"where\": {\"text\": \"*\"}}|invalid-query|/where/text",
                "{\"where\": {\"text\": [\"a\", \"\"]}}|invalid-query|/where/text/1",
                "{\"where\": {\"prefix\": \"x\"}}|invalid-query|/where/prefix",
                "{\"where\": {\"namespace\": \"a:b\"}}|invalid-query|/where/namespace",
                "{\"where\": {\"createdFrom\": \"now\"}}|invalid-query|/where/createdFrom",
                "{\"where\": {\"updatedTo\": \"1970-01-01T00:00:00Z\"}}|invalid-query|/where/updatedTo",
                "{\"where\": {\"All\": []}}|unknown-field|/where/All",
                "{\"where\": {\"any\": [{\"a/b\": 1}]}}|unknown-field|/where/any/0/a~1b",
                "{\"where\": []}|invalid-body|/where",
                "{\"where\": \"a:b\"}|invalid-body|/where",
                "{\"where\": {\"all\": \"a:b\"}}|invalid-body|/where/all",
                "{\"where\": {\"all\": [1]}}|invalid-body|/where/all/0",
                "{\"where\": {\"all\": [null]}}|invalid-body|/where/all/0",
                "{\"where\": {\"text\": 1}}|invalid-body|/where/text",
                "{\"where\": {\"text\": null}}|invalid-body|/where/text",
                "{\"where\": {\"prefix\": [1]}}|invalid-body|/where/prefix/0",
                "{\"state\": \"gone\"}|invalid-query|/state",
                "{\"state\": 1}|invalid-body|/state",
                "{\"asOf\": \"v:1\"}|invalid-query|/asOf",
                "{\"asOf\": \"tx:99999999\"}|invalid-query|/asOf",
                "{\"asOf\": \"2200-01-01T00:00:00Z\"}|invalid-query|/asOf",
                "{\"sort\": \"name\"}|invalid-query|/sort",
                "{\"limit\": 0}|invalid-query|/limit",
                "{\"limit\": 1001}|invalid-query|/limit",
                "{\"limit\": 1.5}|invalid-body|/limit",
                "{\"limit\": \"1\"}|invalid-body|/limit",
                "{\"limit\": 9007199254740993}|invalid-body|/limit",
                "{\"cursor\": \"x\"}|invalid-query|/cursor",
                "{\"count\": \"all\"}|invalid-query|/count",
                "{\"fields\": \"price\"}|invalid-query|/fields",
                "{\"content\": \"all\"}|invalid-query|/content",
                "{\"facets\": [\"a:b\"]}|invalid-query|/facets",
                "{\"facets\": [\"a\", \"a\"]}|invalid-query|/facets",
                "{\"facets\": [], \"facetLimit\": 1001}|invalid-query|/facetLimit",
                "{\"facetLimit\": true}|invalid-body|/facetLimit",
                "{\"tags\": []}|unknown-field|/tags"
            })
    void faultsArePointedTo(String body, String code, String pointer) {
        Answer refused = api.post(QUERY, body);

        refused.expectProblem(422, code);
        assertThat(refused.faults()).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text=", "text=%22", "facets=", "facets=a,a", "facets=a&facetLimit=0"})
    void faultyParametersAreNamed(String query) {
        Answer refused = api.get(ENTITIES + "?" + query);

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).hasSize(1);
        assertThat(query).contains(refused.faults().getFirst());
    }

    @Test
    void tooDeepAndTooManyConditionsAreRefused() {
        String clause = "{}";
        for (int depth = 0; depth < 15; depth++) {
            clause = "{\"not\": [" + clause + "]}";
        }
        String many = "\"a:b\",".repeat(256) + "\"a:b\"";

        api.post(QUERY, "{\"where\": {\"not\": [" + clause + "]}}")
                .expectProblem(422, "invalid-query");
        api.post(QUERY, "{\"where\": " + "{\"not\": [".repeat(100) + "]}".repeat(100) + "}")
                .expectProblem(422, "invalid-query");
        api.post(QUERY, "{\"where\": {\"all\": [" + many + "]}}")
                .expectProblem(422, "invalid-query");
        api.post(QUERY, "{\"where\": {").expectProblem(400, "malformed-json");
        api.post(QUERY, "").expectProblem(400, "missing-body");
    }
}
