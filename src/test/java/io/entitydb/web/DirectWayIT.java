package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain requests, which are answered directly, get what those that take the long way get. */
@ServiceTest
class DirectWayIT {

    /** Means the same as no such header, and takes the long way. */
    private static final String[] LONG_WAY = {"Accept", "application/json, */*"};

    /** Differ from one change to the next. */
    private static final List<String> OWN =
            List.of("id", "version", "transaction", "createdAt", "updatedAt");

    private static final String TRANSACTION = "entitydb-transaction";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Api api;

    DirectWayIT(Api api) {
        this.api = api;
    }

    private static String fresh() {
        return "direct-" + NUMBER.incrementAndGet();
    }

    /** All headers but those that tell the time, or how the length is told. */
    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(List.of("date", "content-length", "transfer-encoding")::contains);
        headers.computeIfPresent(TRANSACTION, (name, values) -> List.of());
        return headers;
    }

    /** The headers of an answer to a change, without what differs from one to the next. */
    private static Map<String, List<String>> ofChange(Answer answer) {
        Map<String, List<String>> headers = headers(answer);
        for (String own : List.of("etag", "location")) {
            headers.computeIfPresent(own, (name, values) -> List.of());
        }
        return headers;
    }

    private static JsonNode withoutOwn(Answer answer) {
        return ((ObjectNode) answer.json()).remove(OWN);
    }

    /** The service may write by itself between two reads. */
    private static JsonNode withoutSnapshot(Answer answer) {
        return ((ObjectNode) answer.json()).remove(List.of("snapshot"));
    }

    private void requireSame(String path, int status) {
        Answer plain = api.get(path);
        Answer other = api.get(path, LONG_WAY);

        assertThat(plain.status()).isEqualTo(other.status()).isEqualTo(status);
        assertThat(headers(plain)).isEqualTo(headers(other));
        if (status == 200) {
            assertThat(withoutSnapshot(plain)).isEqualTo(withoutSnapshot(other));
        } else {
            assertThat(plain.json().path("code")).isEqualTo(other.json().path("code"));
        }
    }

    @Test
    void entitiesAreShownAlike() {
        String path = Api.entity("default", fresh());
        api.put(path, "{\"tags\": [\"a:ß\", \"n:1\"], \"content\": {\"x\": [1.50, null]}}")
                .expect(201);

        // Only what is answered in one piece says how long it is.
        assertThat(api.get(path).headers().firstValue("content-length")).isPresent();
        assertThat(api.get(path, LONG_WAY).headers().firstValue("content-length")).isEmpty();
        requireSame(path, 200);
        requireSame(path + "?asOf=v:1", 200);
        requireSame(path + "?fields=*&content=json", 200);
        requireSame(path + "?asOf=v:2", 404);
        requireSame(path + "?asOf=never", 422);
        requireSame(path + "?asof=v:1", 422);
        requireSame(path + "?asOf=v:1&asOf=v:1", 422);
    }

    @Test
    void listsAreShownAlike() {
        String tag = "direct:" + fresh();
        for (int n = 0; n < 3; n++) {
            api.put(Api.entity("default", fresh()), "{\"tags\": [\"%s\"]}".formatted(tag))
                    .expect(201);
        }
        String list = Api.entities("default") + "?tag=" + tag.replace(":", "%3A");

        assertThat(api.get(list).expect(200).json().path("items").size()).isEqualTo(3);
        requireSame(list, 200);
        requireSame(list + "&limit=2&count=exact&facets=direct&sort=-id", 200);
        requireSame(list + "&limit=0", 422);
        requireSame(list + "&cursor=abc", 422);
        requireSame(list + "&tga=a:b", 422);
        requireSame(Api.entities("no-such-dataset"), 404);
        requireSame(Api.entities("system"), 403);
    }

    @Test
    void whatCannotBeShownIsToldAlike() {
        String deleted = Api.entity("default", fresh());
        api.put(deleted, "{}").expect(201);
        api.delete(deleted).expect(204);

        requireSame(deleted, 410);
        requireSame(Api.entity("default", fresh()), 404);
        requireSame(Api.entity("default", "a".repeat(256)), 422);
        requireSame(Api.entity("no-such-dataset", "plain"), 404);
        requireSame(Api.entity("Not-A-Name", "plain"), 422);
        requireSame(Api.entity("system", "user/admin"), 403);
        requireSame(Api.entity("system", "plain"), 403);
    }

    @Test
    void changesAreAnsweredAlike() {
        String body = "{\"tags\": [\"a:1\"], \"content\": {\"x\": 1.50}}";
        String first = Api.entity("default", fresh());
        String second = Api.entity("default", fresh());

        for (int status : new int[] {201, 200}) {
            Answer plain = api.put(first, body).expect(status);
            Answer other = api.put(second, body, LONG_WAY).expect(status);
            assertThat(ofChange(plain)).isEqualTo(ofChange(other));
            assertThat(withoutOwn(plain)).isEqualTo(withoutOwn(other));
            assertThat(plain.body()).isEqualTo(api.get(first).body());
        }
        Answer plain = api.post(Api.entities("default"), body).expect(201);
        Answer other = api.post(Api.entities("default"), body, LONG_WAY).expect(201);
        assertThat(ofChange(plain)).isEqualTo(ofChange(other));
        assertThat(withoutOwn(plain)).isEqualTo(withoutOwn(other));
        String location = plain.headers().firstValue("location").orElseThrow();
        assertThat(plain.body()).isEqualTo(api.get(location).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\": [\"no-tag\"]}",
                "{\"tags\": [7]}",
                "{\"tags\": [null]}",
                "{\"unknown\": 1}",
                "{\"content\": \"not base64\"}",
                "{\"id\": \"another\"}",
                "{\"tags\": [], \"tags\": []}",
                "{} {}",
                "[]",
                "null",
                "{",
                "\u0000"
            })
    void whatIsNoEntityIsRefusedAlike(String body) {
        String path = Api.entity("default", fresh());
        Answer plain = api.put(path, body);
        Answer other = api.put(path, body, LONG_WAY);

        assertThat(plain.status()).isEqualTo(other.status()).isBetween(400, 499);
        assertThat(headers(plain)).isEqualTo(headers(other));
        JsonNode told = ((ObjectNode) plain.json()).remove(List.of("traceId", "timestamp"));
        assertThat(told)
                .isEqualTo(((ObjectNode) other.json()).remove(List.of("traceId", "timestamp")));
        api.get(path).expect(404);
    }

    @Test
    void changesThatCannotBeMadeAreRefusedAlike() {
        String id = fresh();
        String body = "{\"id\": \"%s\"}".formatted(id);
        api.post(Api.entities("default"), body).expect(201);

        api.post(Api.entities("default"), body).expectProblem(409, "version-conflict");
        assertThat(api.get(Api.entity("default", id)).json().path("version").intValue())
                .isEqualTo(1);
        api.put(Api.entity("no-such-dataset", id), "{}").expectProblem(404, "dataset-not-found");
        api.put(Api.entity("system", id), "{}").expectProblem(403, "access-denied");
        api.put(Api.entity("default", id) + "?a=b", "{}").expectProblem(422, "unknown-parameter");
        api.put(Api.entity("default", id), "").expect(400);
    }

    @Test
    void conditionsTakeTheLongWay() {
        String path = Api.entity("default", fresh());
        api.put(path, "{}").expect(201);

        api.get(path, "If-None-Match", "\"1\"").expect(304);
        api.get(path, "If-Match", "\"2\"").expectProblem(412, "precondition-failed");
        api.get(path, "Accept", "image/png").expect(406);
        api.put(path, "{}", "If-None-Match", "*").expectProblem(412, "precondition-failed");
        assertThat(api.get(path + "?fields=id").expect(200).json().size()).isEqualTo(1);
    }

    @Test
    void nobodyComesInUnknown() {
        String path = Api.entity("default", fresh());

        api.get(path, "Authorization", "Bearer no-token").expectProblem(401, "unauthenticated");
        api.put(path, "{}", "Authorization", "Bearer no-token")
                .expectProblem(401, "unauthenticated");
        api.get(path).expect(404);
    }

    @Test
    void requestsAreCountedOnce() {
        String path = Api.entity("default", fresh());
        api.put(path, "{}").expect(201);
        double before = counted();

        api.get(path).expect(200);
        api.get(path, LONG_WAY).expect(200);

        assertThat(counted() - before).isEqualTo(2);
    }

    /** How many reads of entities were answered, as the meters tell. */
    private double counted() {
        String line = "http_server_requests_seconds_count{";
        return new String(api.get("/actuator/prometheus").expect(200).body())
                .lines()
                .filter(text -> text.startsWith(line))
                .filter(text -> text.contains("method=\"GET\"") && text.contains("status=\"200\""))
                .filter(text -> text.contains("uri=\"/api/v1/datasets/{dataset}/entities/{id}\""))
                .mapToDouble(text -> Double.parseDouble(text.substring(text.lastIndexOf(' '))))
                .sum();
    }
}
