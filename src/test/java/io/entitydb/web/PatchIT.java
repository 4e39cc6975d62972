package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Parts of entities are changed in both languages. */
@ServiceTest
class PatchIT {

    private static final String PACKAGE =
            """
            {"tags": ["type:package", "status:draft", "status:new"], "contentType": "application/json",
             "content": {"version": "1.0.0", "author": {"name": "A", "url": "u"}, "downloads": 1.50}}
            """;

    private final Api api;

    private String path = "";

    PatchIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void make(TestInfo test) {
        path = Api.entity("default", "patch/" + test.getDisplayName());
        api.put(path, PACKAGE).expect(201);
    }

    @Test
    void tagsAreSetRemovedAndAdded() {
        Answer patched =
                api.patch(
                        path,
                        """
                        {"tags": {"set": {"status": ["done", "old"], "type": []},
                                  "remove": ["status:old", "none:such"], "add": ["type:library"]}}
                        """);

        assertThat(patched.expect(200).texts("tags"))
                .containsExactly("status:done", "type:library");
        assertThat(patched.tag()).isEqualTo("\"2\"");
        assertThat(patched.json().path("content"))
                .isEqualTo(api.get(path + "?asOf=v:1").json().path("content"));
    }

    @Test
    void tagTimesOfTagsThatStayAreKept() {
        String first =
                api.get(path + "?fields=*").json().path("tagTimes").path("type:package").asString();

        api.patch(path, "{\"tags\": {\"add\": [\"x:y\"]}}").expect(200);
        Answer after = api.get(path + "?fields=tagTimes").expect(200);

        assertThat(after.json().path("tagTimes").path("type:package").asString()).isEqualTo(first);
        assertThat(after.json().path("tagTimes").path("x:y").asString()).isGreaterThan(first);
    }

    @Test
    void mergePatchReachesIntoJsonContent() {
        Answer patched =
                api.merge(
                        path,
                        """
                        {"tags": ["type:package"],
                         "content": {"author": {"url": null}, "version": "2.0.0"}}
                        """);

        assertThat(patched.expect(200).texts("tags")).containsExactly("type:package");
        assertThat(api.get(path + "?content=json&fields=content").body())
                .contains(
                        """
                        "content":{"version":"2.0.0","author":{"name":"A"},"downloads":1.50}\
                        """);
    }

    @Test
    void contentThatIsNotMentionedStaysByteForByte() {
        String spaced = "eyAiYSIgOiAxIH0=";
        api.put(path, "{\"contentType\": \"application/json\", \"content\": \"" + spaced + "\"}");

        Answer patched = api.merge(path, "{\"tags\": [\"a:b\"]}").expect(200);
        Answer retyped = api.merge(path, "{\"contentType\": \"text/plain\"}").expect(200);

        assertThat(patched.json().path("content").asString()).isEqualTo(spaced);
        assertThat(retyped.json().path("content").asString()).isEqualTo(spaced);
        assertThat(retyped.json().path("contentType").asString()).isEqualTo("text/plain");
        assertThat(retyped.texts("tags")).containsExactly("a:b");
    }

    @Test
    void nullTakesAway() {
        Answer withoutTags = api.merge(path, "{\"tags\": null}").expect(200);
        Answer empty = api.merge(path, "{\"content\": null, \"contentType\": null}").expect(200);

        assertThat(withoutTags.texts("tags")).isEmpty();
        assertThat(empty.json().path("contentLength").asInt(-1)).isZero();
        assertThat(empty.json().path("contentType").asString())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void contentIsReplacedByWhatIsNoObject() {
        Answer array = api.merge(path, "{\"content\": [1, 2]}").expect(200);
        Answer object = api.merge(path, "{\"content\": {\"a\": {\"b\": null}}}").expect(200);
        Answer bytes = api.merge(path, "{\"content\": \"aGk=\", \"contentType\": \"text/plain\"}");

        assertThat(array.json().path("content").asString()).isEqualTo("WzEsMl0=");
        assertThat(object.json().path("content").asString()).isEqualTo("eyJhIjp7fX0=");
        assertThat(bytes.expect(200).json().path("content").asString()).isEqualTo("aGk=");
    }

    @Test
    void objectDoesNotFitContentOfAnotherType() {
        api.put(path, "{\"contentType\": \"text/plain\", \"content\": \"aGk=\"}").expect(200);

        Answer refused = api.merge(path, "{\"content\": {\"a\": 1}}");

        refused.expectProblem(422, "invalid-entity");
        assertThat(refused.faults()).containsExactly("/content");
    }

    @Test
    void otherLanguagesAreNamed() {
        Answer refused =
                api.send(
                        "PATCH",
                        path,
                        java.net.http.HttpRequest.BodyPublishers.ofString("[]"),
                        "Content-Type",
                        "application/json-patch+json");

        refused.expectProblem(415, "unsupported-media-type");
        assertThat(refused.header("Accept-Patch"))
                .contains("application/json", "application/merge-patch+json");
    }
}
