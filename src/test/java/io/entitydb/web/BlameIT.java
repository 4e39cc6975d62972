package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import tools.jackson.databind.JsonNode;

/** Each part of an entity tells which version set it. */
@ServiceTest
class BlameIT {

    private final Api api;

    private String path = "";

    BlameIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "blame/" + test.getDisplayName());
    }

    private Answer put(String tags, String content) {
        return api.put(path, "{\"tags\": [" + tags + "], \"content\": " + content + "}");
    }

    private JsonNode blame(String query) {
        return api.get(path + "/blame" + query).expect(200).json();
    }

    private static void assertSetBy(JsonNode origin, Answer written) {
        JsonNode entity = written.json();
        assertThat(origin.path("version")).isEqualTo(entity.path("version"));
        assertThat(origin.path("transaction")).isEqualTo(entity.path("transaction"));
        assertThat(origin.path("at")).isEqualTo(entity.path("updatedAt"));
        assertThat(origin.path("principal")).isEqualTo(entity.path("updatedBy"));
        assertThat(origin.has("orEarlier")).isFalse();
    }

    @Test
    void tagsAndContentHaveTheVersionThatSetThem() {
        Answer first = put("\"a:1\", \"b:1\"", "1");
        Answer second = put("\"a:1\", \"c:1\"", "1");
        Answer third = put("\"a:1\", \"b:1\", \"c:1\"", "2");
        put("\"a:1\", \"b:1\", \"c:1\"", "2");

        JsonNode blame = blame("");

        assertThat(blame.path("version").asInt()).isEqualTo(4);
        assertThat(blame.path("tags").propertyNames()).containsExactly("a:1", "b:1", "c:1");
        assertSetBy(blame.path("tags").path("a:1"), first);
        assertSetBy(blame.path("tags").path("b:1"), third);
        assertSetBy(blame.path("tags").path("c:1"), second);
        assertSetBy(blame.path("content"), third);
    }

    @Test
    void pastHasItsOwnOrigins() {
        Answer first = put("\"a:1\"", "1");
        Answer second = put("", "2");
        put("\"a:1\"", "1");
        String at = first.json().path("updatedAt").asString();

        assertSetBy(blame("?asOf=v:1").path("tags").path("a:1"), first);
        assertSetBy(blame("?asOf=" + at).path("content"), first);
        assertSetBy(blame("?asOf=tx:" + second.transaction()).path("content"), second);
        assertThat(blame("?asOf=v:2").path("tags").isEmpty()).isTrue();
        assertThat(blame("").at("/content/version").asInt()).isEqualTo(3);
        assertThat(blame("").at("/tags/a:1/version").asInt()).isEqualTo(3);
    }

    @Test
    void deletionThatWasTakenBackIsNoBreakAndAnyOtherIs() {
        Answer first = put("\"a:1\"", "1");
        api.delete(path).expect(204);
        api.post(path + ":restore").expect(200);
        put("\"a:1\", \"b:1\"", "1");

        assertSetBy(blame("").path("tags").path("a:1"), first);
        assertSetBy(blame("").path("content"), first);

        api.delete(path).expect(204);
        Answer again = put("\"a:1\"", "1");

        assertSetBy(blame("").path("tags").path("a:1"), again);
        assertSetBy(blame("").path("content"), again);
    }

    @Test
    void mediaTypeIsAPartOfTheContent() {
        put("", "\"aGk=\"");
        Answer typed = api.put(path, "{\"contentType\": \"text/plain\", \"content\": \"aGk=\"}");

        assertSetBy(blame("").path("content"), typed);
    }

    @Test
    void whatIsNotThereHasNoOrigin() {
        put("", "1");
        api.delete(path).expect(204);

        api.get(path + "/blame").expectProblem(410, "entity-deleted");
        api.get(path + "/blame?asOf=v:2").expectProblem(410, "entity-deleted");
        api.get(path + "/blame?asOf=v:1").expect(200);
        api.get(path + "/blame?asOf=v:3").expectProblem(404, "version-not-found");
        api.get(path + "-none/blame").expectProblem(404, "entity-not-found");
        api.get(Api.entity("nowhere", "x") + "/blame").expectProblem(404, "dataset-not-found");
        api.get(Api.entity("system", "x") + "/blame").expectProblem(403, "access-denied");
        for (String asOf : new String[] {"2200-01-01T00:00:00Z", "v:0", "now", "v:1&asOf=v:1"}) {
            Answer refused = api.get(path + "/blame?asOf=" + asOf);
            refused.expectProblem(422, "invalid-query");
            assertThat(refused.faults()).containsExactly("asOf");
        }
    }
}
