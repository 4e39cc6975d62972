package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Contents are read as bytes, whole and in part. */
@ServiceTest
class ContentReadIT {

    private static final String TEXT = "0123456789";

    private final Api api;
    private final StorageEngine engine;

    private String id = "";
    private String path = "";

    ContentReadIT(Api api, @Autowired StorageEngine engine) {
        this.api = api;
        this.engine = engine;
    }

    @BeforeEach
    void name(TestInfo test) {
        id = "content-read/" + test.getDisplayName();
        path = Api.entity("default", id);
    }

    private Answer put(String text, String type) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return api.put(path, "{\"contentType\":\"" + type + "\",\"content\":\"" + base64 + "\"}");
    }

    private Answer read(String query, String... headers) {
        return api.get(path + "/content" + query, headers);
    }

    @Test
    void bytesHaveTheirTypeDigestTagAndName() {
        Answer written = put(TEXT, "text/plain;charset=utf-8");

        for (Answer answer : new Answer[] {read(""), api.head(path + "/content")}) {
            answer.expect(200);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            assertThat(answer.header("Content-Length")).isEqualTo("10");
            assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(answer.header("Repr-Digest"))
                    .isEqualTo(written.json().path("contentDigest").asString());
            assertThat(answer.header("Content-Digest")).isEqualTo(answer.header("Repr-Digest"));
            assertThat(answer.tag()).isEqualTo("\"1\"");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Disposition"))
                    .startsWith("attachment;")
                    .contains("filename*=UTF-8''content-read%2F");
            assertThat(answer.transaction()).isGreaterThanOrEqualTo(written.transaction());
        }
        assertThat(read("").body()).isEqualTo(TEXT);
        assertThat(api.head(path + "/content").body()).isEmpty();
        assertThat(read("", "Accept", "image/png").expect(200).body()).isEqualTo(TEXT);
    }

    @Test
    void singleRangesAreAnsweredInPart() {
        put(TEXT, "text/plain");

        for (String[] each :
                new String[][] {
                    {"bytes=0-3", "0123", "bytes 0-3/10"},
                    {"bytes=7-", "789", "bytes 7-9/10"},
                    {"bytes=-2", "89", "bytes 8-9/10"},
                    {"bytes=9-99", "9", "bytes 9-9/10"}
                }) {
            Answer part = read("", "Range", each[0]).expect(206);
            assertThat(part.body()).isEqualTo(each[1]);
            assertThat(part.header("Content-Range")).isEqualTo(each[2]);
            assertThat(part.header("Content-Length")).isEqualTo("" + each[1].length());
            assertThat(part.header("Repr-Digest")).isEqualTo(read("").header("Repr-Digest"));
            assertThat(part.headers().firstValue("Content-Digest")).isEmpty();
        }
        for (String whole : new String[] {"bytes=0-1,3-4", "items=0-1", "bytes=4-3", "x"}) {
            Answer answer = read("", "Range", whole).expect(200);
            assertThat(answer.body()).isEqualTo(TEXT);
            assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        }
    }

    @Test
    void rangesOutsideOfTheContentAreRefused() {
        put(TEXT, "text/plain");

        Answer refused = read("", "Range", "bytes=10-");

        refused.expectProblem(416, "range-not-satisfiable");
        assertThat(refused.faults()).containsExactly("Range");
        assertThat(refused.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void rangeOfAnotherVersionIsTheWhole() {
        put(TEXT, "text/plain");

        assertThat(read("", "Range", "bytes=0-0", "If-Range", "\"1\"").expect(206).body())
                .isEqualTo("0");
        for (String other :
                new String[] {"\"2\"", "W/\"1\"", "1", "Sun, 06 Nov 1994 08:49:37 GMT"}) {
            assertThat(read("", "Range", "bytes=0-0", "If-Range", other).expect(200).body())
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void conditionsAreChecked() {
        put(TEXT, "text/plain");

        assertThat(read("", "If-None-Match", "\"1\"").expect(304).tag()).isEqualTo("\"1\"");
        read("", "If-None-Match", "\"2\"").expect(200);
        read("", "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        Answer refused = read("?asOf=v:1", "If-Match", "\"1\"");
        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly("asOf");
    }

    @Test
    void contentsOfThePastAreRead() {
        Answer first = put(TEXT, "text/plain");
        put("other", "text/html");
        api.delete(path).expect(204);

        Answer past = read("?asOf=tx:" + first.transaction(), "Range", "bytes=1-1").expect(206);
        assertThat(past.body()).isEqualTo("1");
        assertThat(past.tag()).isEqualTo("\"1\"");
        assertThat(read("?asOf=v:2").expect(200).header("Content-Type")).isEqualTo("text/html");
        read("").expectProblem(410, "entity-deleted");
        read("?asOf=v:3").expectProblem(410, "entity-deleted");
        read("?asOf=v:4").expectProblem(404, "version-not-found");
        read("?asOf=v:0").expectProblem(422, "invalid-query");
        read("?at=v:1").expectProblem(422, "unknown-parameter");
        engine.erase(new EntityKey("default", id), "tests");
        read("?asOf=v:1").expectProblem(410, "entity-erased");
        path = path + "-none";
        read("").expectProblem(404, "entity-not-found");
        path = Api.entity("system", "x");
        read("").expectProblem(403, "access-denied");
    }

    @Test
    void emptyContentHasNoBytes() {
        api.put(path, "{}").expect(201);

        Answer empty = read("").expect(200);
        assertThat(empty.body()).isEmpty();
        assertThat(empty.header("Content-Length")).isEqualTo("0");
        assertThat(empty.header("Content-Type")).isEqualTo("application/octet-stream");
        read("", "Range", "bytes=0-").expectProblem(416, "range-not-satisfiable");
    }

    @Test
    void rangesReachAcrossThePiecesOfALargeContent() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 3_000_000; i++) {
            text.append(i).append(' ');
        }
        put(text.toString(), "text/plain");

        assertThat(read("").body()).isEqualTo(text.toString());
        for (int first : new int[] {0, 1_048_570, 2_000_000, text.length() - 5}) {
            int end = Math.min(first + 1_000_000, text.length());
            Answer part = read("", "Range", "bytes=" + first + "-" + (end - 1)).expect(206);
            assertThat(part.body()).isEqualTo(text.substring(first, end));
        }
    }
}
