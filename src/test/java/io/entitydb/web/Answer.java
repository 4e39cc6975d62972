package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server answered.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, in UTF-8
 */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** An answer with a body of bytes. */
    static Answer of(int status, HttpHeaders headers, byte[] body) {
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** The body as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A header that is there once. */
    public String header(String name) {
        assertThat(headers.allValues(name)).as("header %s of %s", name, this).hasSize(1);
        return headers.firstValue(name).orElseThrow();
    }

    /** The tag of the version. */
    public String tag() {
        return header("ETag");
    }

    /** The transaction that the answer reflects. */
    public long transaction() {
        return Long.parseLong(header("EntityDB-Transaction"));
    }

    /** Checks the status. */
    public Answer expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Checks that the answer is a problem document, whole and of one kind. */
    public Answer expectProblem(int expected, String code) {
        expect(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("code").asString()).as(body).isEqualTo(code);
        assertThat(problem.path("type").asString()).isEqualTo("urn:entitydb:problem:" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(expected);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).isNotEmpty();
        assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(problem.has("instance")).isTrue();
        assertThat(body).doesNotContain("Exception", "io.entitydb", "org.spring", "\tat ");
        return this;
    }

    /** The places that a problem document finds fault with: pointers, parameters and headers. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (JsonNode error : json().path("errors")) {
            for (String member : List.of("pointer", "parameter", "header")) {
                if (error.has(member)) {
                    faults.add(error.get(member).stringValue());
                }
            }
        }
        return faults;
    }

    /** The strings of an array of the body. */
    public List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        json().path(member).forEach(node -> texts.add(node.asString()));
        return texts;
    }

    /** The ids of the items of a page. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        json().path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }
}
