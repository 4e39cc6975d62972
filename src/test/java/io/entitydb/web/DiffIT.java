package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Versions are compared: tags, contents by their digests, and JSON by a patch. */
@ServiceTest
class DiffIT {

    private final Api api;

    private String path = "";

    DiffIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "diff/" + test.getDisplayName());
    }

    private Answer put(String tags, String content) {
        return api.put(path, "{\"tags\": [" + tags + "], \"content\": " + content + "}");
    }

    @Test
    void tagsDigestsAndPatchTellWhatChanged() {
        Answer first = put("\"a:1\", \"b:1\"", "{\"price\": 1.10, \"n\": 12345678901234567890123}");
        Answer second =
                put("\"b:1\", \"c:1\"", "{\"price\": 1.100, \"n\": 12345678901234567890124}");

        Answer diff = api.get(path + "/diff").expect(200);

        assertThat(diff.json().path("tags"))
                .hasToString("{\"added\":[\"c:1\"],\"removed\":[\"a:1\"]}");
        assertThat(diff.body())
                .contains(
                        "\"content\":{\"changed\":true,\"patch\":["
                                + "{\"op\":\"replace\",\"path\":\"/price\",\"value\":1.100},"
                                + "{\"op\":\"replace\",\"path\":\"/n\","
                                + "\"value\":12345678901234567890124}]}");
        for (var side : new String[] {"from", "to"}) {
            var entity = (side.equals("from") ? first : second).json();
            var shown = diff.json().path(side);
            assertThat(shown.path("version")).isEqualTo(entity.path("version"));
            assertThat(shown.path("transaction")).isEqualTo(entity.path("transaction"));
            assertThat(shown.path("at")).isEqualTo(entity.path("updatedAt"));
            assertThat(shown.path("principal")).isEqualTo(entity.path("updatedBy"));
            assertThat(shown.path("contentDigest")).isEqualTo(entity.path("contentDigest"));
            assertThat(shown.path("contentType")).isEqualTo(entity.path("contentType"));
            assertThat(shown.path("contentLength")).isEqualTo(entity.path("contentLength"));
        }
        assertThat(api.head(path + "/diff").expect(200).transaction())
                .isGreaterThanOrEqualTo(second.transaction());
    }

    @Test
    void pointsAreVersionsTransactionsAndInstants() {
        Answer first = put("\"n:1\"", "1");
        Answer second = put("\"n:2\"", "2");
        put("\"n:3\"", "3");
        String at = second.json().path("updatedAt").asString();
        String expected = api.get(path + "/diff?from=v:1&to=v:2").expect(200).body();

        assertThat(api.get(path + "/diff?to=v:2").body()).isEqualTo(expected);
        assertThat(api.get(path + "/diff?from=tx:" + first.transaction() + "&to=" + at).body())
                .isEqualTo(expected);
        assertThat(api.get(path + "/diff?from=v:1").json().at("/to/version").asInt()).isEqualTo(3);
        Answer backwards = api.get(path + "/diff?from=v:2&to=v:1").expect(200);
        assertThat(backwards.json().at("/tags/added")).hasToString("[\"n:1\"]");
        assertThat(backwards.json().at("/content/patch/0/value")).hasToString("1");
    }

    @Test
    void firstVersionIsComparedWithNothing() {
        put("\"n:1\"", "1");

        Answer diff = api.get(path + "/diff").expect(200);

        assertThat(diff.json().has("from")).isFalse();
        assertThat(diff.json().at("/tags/added")).hasToString("[\"n:1\"]");
        assertThat(diff.json().at("/content/changed").asBoolean()).isTrue();
        assertThat(diff.json().at("/content/patchOmitted").asString()).isEqualTo("not-json");
    }

    @Test
    void deletedVersionsHaveNeitherTagsNorContent() {
        put("\"n:1\"", "1");
        api.delete(path).expect(204);

        Answer diff = api.get(path + "/diff").expect(200);

        assertThat(diff.json().at("/to/state").asString()).isEqualTo("deleted");
        assertThat(diff.json().path("to").has("contentDigest")).isFalse();
        assertThat(diff.json().at("/tags/removed")).hasToString("[\"n:1\"]");
        assertThat(diff.json().at("/content/patch").isMissingNode()).isTrue();
    }

    @Test
    void patchIsLeftOutWithItsReason() {
        String text = Base64.getEncoder().encodeToString("text".getBytes(StandardCharsets.UTF_8));
        String large = "\"" + "x".repeat(256 * 1024 - 1) + "\"";
        put("", "\"" + text + "\"");
        put("", "{}");
        put("", "[" + large + "]");
        put("", "{}");

        assertThat(api.get(path + "/diff?to=v:2").json().at("/content/patchOmitted").asString())
                .isEqualTo("not-json");
        assertThat(api.get(path + "/diff?to=v:3").json().at("/content/patchOmitted").asString())
                .isEqualTo("too-large");
        Answer same = api.get(path + "/diff?from=v:2&to=v:4").expect(200);
        assertThat(same.json().path("content")).hasToString("{\"changed\":false,\"patch\":[]}");
    }

    @Test
    void jsonStringsAndBrokenJsonAreToldApart() {
        for (String json : new String[] {"\"text\"", "null", "{broken", ""}) {
            String base64 =
                    Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
            api.put(path, "{\"contentType\":\"application/json\",\"content\":\"" + base64 + "\"}");
        }

        assertThat(api.get(path + "/diff?from=v:1&to=v:2").json().at("/content/patch"))
                .hasToString("[{\"op\":\"replace\",\"path\":\"\",\"value\":null}]");
        assertThat(api.get(path + "/diff?from=v:2&to=v:3").json().at("/content/patchOmitted"))
                .hasToString("\"not-json\"");
        assertThat(api.get(path + "/diff?from=v:3&to=v:4").json().at("/content/patchOmitted"))
                .hasToString("\"not-json\"");
    }

    @Test
    void wrongPointsAreNamed() {
        Answer first = put("", "1");
        put("", "2");

        for (String value :
                new String[] {
                    "2200-01-01T00:00:00Z",
                    "yesterday",
                    "v:0",
                    "v:-1",
                    "tx:",
                    "",
                    "tx:9007199254740993",
                    "v:9223372036854775808"
                }) {
            for (String name : new String[] {"from", "to"}) {
                Answer refused = api.get(path + "/diff?" + name + "=" + value);
                refused.expectProblem(422, "invalid-query");
                assertThat(refused.faults()).as(value).containsExactly(name);
            }
        }
        Answer twice = api.get(path + "/diff?from=v:1&from=v:2");
        twice.expectProblem(422, "invalid-query");
        assertThat(twice.faults()).containsExactly("from");
        api.get(path + "/diff?From=v:1").expectProblem(422, "unknown-parameter");
        api.get(path + "/diff?from=v:3").expectProblem(404, "version-not-found");
        api.get(path + "/diff?from=v:9007199254740993").expectProblem(404, "version-not-found");
        long before = first.transaction() - 1;
        api.get(path + "/diff?from=tx:" + before).expectProblem(404, "entity-not-found");
        api.get(path + "-none/diff").expectProblem(404, "entity-not-found");
        api.get(Api.entity("nowhere", "x") + "/diff").expectProblem(404, "dataset-not-found");
        api.post(path + "/diff", "{}").expectProblem(405, "method-not-allowed");
    }
}
