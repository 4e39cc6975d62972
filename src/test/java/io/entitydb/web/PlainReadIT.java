package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The short way of a read without parameters gives what the long one gives. */
@ServiceTest
class PlainReadIT {

    /** Means the same as no such header, and takes the long way. */
    private static final String[] LONG_WAY = {"Accept", "application/json, */*"};

    private final Api api;

    PlainReadIT(Api api) {
        this.api = api;
    }

    /** All headers but those that tell the time, or how the length is told. */
    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(List.of("date", "content-length", "transfer-encoding")::contains);
        return headers;
    }

    private void requireSame(String path, int status) {
        Answer plain = api.get(path);
        Answer other = api.get(path, LONG_WAY);

        assertThat(plain.status()).isEqualTo(other.status()).isEqualTo(status);
        assertThat(headers(plain)).isEqualTo(headers(other));
        if (status == 200) {
            assertThat(plain.body()).isEqualTo(other.body());
            assertThat(plain.headers().firstValue("content-length")).isPresent();
            
        } else {
            assertThat(plain.json().path("code")).isEqualTo(other.json().path("code"));
        }
    }

    @Test
    void entitiesAreShownAlike() {
        String json = Api.entity("default", "plain/ä ö:1");
        String empty = Api.entity("default", "plain-empty");
        api.put(json, "{\"tags\": [\"a:ß\", \"n:1\"], \"content\": {\"x\": [1.50, null]}}")
                .expect(201);
        api.put(empty, "{}").expect(201);

        requireSame(json, 200);
        requireSame(empty, 200);
    }

    @Test
    void whatCannotBeShownIsToldAlike() {
        String deleted = Api.entity("default", "plain-deleted");
        api.put(deleted, "{}").expect(201);
        api.delete(deleted).expect(204);

        requireSame(deleted, 410);
        requireSame(Api.entity("default", "plain-missing"), 404);
        requireSame(Api.entity("no-such-dataset", "plain"), 404);
        requireSame(Api.entity("Not-A-Name", "plain"), 422);
        requireSame(Api.entity("system", "user/admin"), 403);
    }

    @Test
    void conditionsAndParametersTakeTheLongWay() {
        String path = Api.entity("default", "plain-conditions");
        api.put(path, "{}").expect(201);

        api.get(path, "If-None-Match", "\"1\"").expect(304);
        api.get(path, "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        api.get(path, "Accept", "image/png").expect(406);
        assertThat(api.get(path + "?fields=id").expect(200).json().size()).isEqualTo(1);
    }
}
