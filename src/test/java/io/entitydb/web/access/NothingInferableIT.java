package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who may view one dataset learns nothing of another one, whichever way they ask. */
@ServiceTest
class NothingInferableIT {

    private static final String TRANSACTIONS = "/api/v1/transactions";
    private static final String CHANGES = "/api/v1/changes";

    /** Stands in all that is to stay hidden. */
    private final String mark = "h1dd3n" + UUID.randomUUID().toString().substring(0, 8);

    private final String open = "open-" + UUID.randomUUID().toString().substring(0, 8);
    private final String hidden = mark;

    @LocalServerPort int port;

    private final Api admin;
    private Cast cast;
    private Api ada;

    NothingInferableIT(Api admin) {
        this.admin = admin;
    }

    @BeforeEach
    void prepare() {
        cast = new Cast(admin, port);
        admin.post("/api/v1/datasets", "{\"name\": \"" + open + "\"}").expect(201);
        admin.post("/api/v1/datasets", "{\"name\": \"" + hidden + "\"}").expect(201);
        ada = cast.as("ada-" + open, "dataset:" + open + ":*");
        admin.put(Api.entity(open, "one"), json("type:note")).expect(201);
        admin.put(Api.entity(open, "one"), json("type:memo")).expect(200);
        writeHidden("first");
    }

    @AfterEach
    void close() {
        cast.close();
    }

    private static String json(String tag) {
        return "{\"tags\": [\"" + tag + "\"], \"content\": {\"text\": \"some words\"}}";
    }

    /** Everything that can be done in a dataset, in the one that is hidden. */
    private long writeHidden(String id) {
        String path = Api.entity(hidden, mark + id);
        String draft =
                "{\"tags\": [\"type:%s\", \"%s:x\"], \"content\": {\"text\": \"words %s\"}}"
                        .formatted(mark, mark, mark);
        admin.put(path, draft).expect(201);
        admin.patch(path, "{\"tags\": {\"add\": [\"a:b\"]}}").expect(200);
        admin.delete(path).expect(204);
        admin.post(path + ":restore").expect(200);
        admin.put(
                        "/api/v1/datasets/" + hidden + "/retention",
                        "{\"maxVersions\": 100}",
                        "Content-Type",
                        "application/json")
                .expect(200);
        String erased = Api.entity(hidden, mark + id + "-erased");
        admin.put(erased, draft).expect(201);
        admin.post(erased + ":erase", "{\"confirm\": \"%s\"}".formatted(mark + id + "-erased"))
                .expect(202);
        return admin.post(
                        TRANSACTIONS,
                        """
                        {"reason": "%s", "metadata": {"%s": 1}, "operations": [
                          {"op": "put", "dataset": "%s", "id": "shared-%s"},
                          {"op": "put", "dataset": "%s", "id": "%s"}]}"""
                                .formatted(mark, mark, open, id, hidden, mark + "-" + id))
                .expect(200)
                .json()
                .path("transaction")
                .asLong();
    }

    /** All ways to ask about what may be viewed. */
    private List<String> questions() {
        String entities = Api.entities(open);
        String one = Api.entity(open, "one");
        return List.of(
                "/api/v1/datasets",
                "/api/v1/datasets?limit=1",
                "/api/v1/datasets/" + open,
                "/api/v1/datasets/" + open + "/retention",
                "/api/v1/datasets/" + open + "/tags",
                "/api/v1/datasets/" + open + "/tags/type",
                "/api/v1/operations",
                "/api/v1/auth/me",
                entities + "?count=exact&facets=type," + "a&state=any",
                entities + "?text=words&count=exact",
                entities + "?namespace=type&sort=-updatedAt&limit=1",
                entities + "?not=type:note&content=json",
                entities + ":export?history=true",
                one,
                one + "?asOf=v:1",
                one + "/versions",
                one + "/versions/1",
                one + "/diff?from=v:1&to=v:2",
                one + "/blame",
                one + "/content",
                CHANGES + "?since=0&limit=1000",
                CHANGES + "?since=0&limit=1",
                CHANGES + "?dataset=" + open,
                CHANGES + "?since=now",
                CHANGES + "?since=0&wait=1ms");
    }

    @Test
    void noAnswerHoldsAnythingOfTheOtherDataset() {
        for (String question : questions()) {
            Answer answer = ada.get(question);

            assertThat(answer.status()).as(question).isEqualTo(200);
            assertThat(answer.body() + answer.headers().map()).as(question).doesNotContain(mark);
        }
    }

    @Test
    void answersStayAsTheyAreWhateverHappensThere() {
        List<String> before = questions().stream().map(this::timeless).toList();

        writeHidden("second");
        admin.delete(Api.entity(open, "shared-second")).expect(204);
        admin.post(Api.entity(open, "shared-second") + ":erase", "{\"confirm\": \"shared-second\"}")
                .expect(202);
        List<String> after = questions().stream().map(this::timeless).toList();

        // What is shared was written here, too: those lists are not compared.
        for (int i = 0; i < before.size(); i++) {
            String question = questions().get(i);
            if (question.contains("/one") || question.contains("text=words")) {
                assertThat(after.get(i)).as(question).isEqualTo(before.get(i));
            }
        }
    }

    private String timeless(String question) {
        return ada.get(question)
                .body()
                .replaceAll("\"(snapshot|transaction)\":\\d+", "\"$1\":0")
                .replaceAll("\"(next|cursor)\":\"[^\"]*\"", "\"$1\":\"\"");
    }

    /** A place in the feed names an entity by a hash: it must not be one of those. */
    @Test
    void cursorsNameNothingHidden() {
        long marked = io.entitydb.web.changes.Marks.of(hidden, mark + "-first");
        List<String> cursors = new ArrayList<>();
        String since = "0";
        for (int page = 0; page < 1000; page++) {
            JsonNode answer = ada.get(CHANGES + "?limit=1&since=" + since).expect(200).json();
            answer.path("items").forEach(item -> cursors.add(item.path("cursor").stringValue()));
            since = answer.path("next").stringValue();
            cursors.add(since);
            if (answer.path("isComplete").booleanValue()) {
                break;
            }
        }

        assertThat(cursors).hasSizeGreaterThan(4);
        assertThat(cursors).extracting(io.entitydb.web.changes.Marks::in).doesNotContain(marked);
    }

    @Test
    void transactionTellsItsShareOnly() {
        long shared = writeHidden("third");
        long own = admin.put(Api.entity(hidden, mark + "-own"), "{}").expect(201).transaction();
        long missing = 900_000_000_000L;

        Answer part = ada.get(TRANSACTIONS + "/" + shared).expect(200);
        Answer none = ada.get(TRANSACTIONS + "/" + own);
        Answer never = ada.get(TRANSACTIONS + "/" + missing);

        assertThat(part.body()).contains("shared-third").doesNotContain(mark);
        assertThat(part.json().has("reason")).isFalse();
        none.expectProblem(404, "transaction-not-found");
        assertThat(none.headers().map().keySet()).isEqualTo(never.headers().map().keySet());
        assertThat(without(none, own)).isEqualTo(without(never, missing));
        assertThat(admin.get(TRANSACTIONS + "/" + shared).body()).contains(mark);
    }

    private static String without(Answer answer, long number) {
        return answer.body()
                .replace(Long.toString(number), "N")
                .replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "create", "patch", "delete", "restore", "expect"})
    void transactionsOfOthersAreRefusedAlike(String op) {
        for (String query : List.of("", "?dryRun=true")) {
            String present = refusal(op, mark + "first", query);
            String absent = refusal(op, mark + "never", query);

            assertThat(present).isEqualTo(absent).contains("access-denied");
        }
    }

    private String refusal(String op, String id, String query) {
        String condition = op.equals("expect") ? ", \"ifMatch\": \"*\"" : "";
        Answer answer =
                ada.post(
                        TRANSACTIONS + query,
                        """
                        {"operations": [
                          {"op": "put", "dataset": "%s", "id": "mine"},
                          {"op": "%s", "dataset": "%s", "id": "%s"%s}]}"""
                                .formatted(open, op, hidden, id, condition));
        assertThat(answer.status()).isEqualTo(403);
        return answer.body().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "").replace(id, "ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?asOf=tx:1",
                "?asOf=v:1",
                "?asOf=v:99",
                "/versions",
                "/versions/1",
                "/diff?from=v:1&to=v:2",
                "/blame",
                "/content",
                "?fields=nonsense",
                "?unknown=x"
            })
    void readsOfOthersAreRefusedAlike(String question) {
        List<String[]> conditions =
                List.of(
                        new String[] {},
                        new String[] {"If-None-Match", "\"1\""},
                        new String[] {"If-Match", "\"99\""},
                        new String[] {"Accept-Datetime", "Sun, 06 Nov 1994 08:49:37 GMT"},
                        new String[] {"EntityDB-Min-Transaction", "1"});
        for (String[] headers : conditions) {
            Answer present = ada.get(Api.entity(hidden, mark + "first") + question, headers);
            Answer absent = ada.get(Api.entity(hidden, mark + "never") + question, headers);

            assertThat(present.status()).isEqualTo(403);
            assertThat(plain(present, mark + "first")).isEqualTo(plain(absent, mark + "never"));
            assertThat(present.headers().map()).doesNotContainKeys("etag", "entitydb-transaction");
        }
    }

    private static String plain(Answer answer, String id) {
        return answer.status()
                + answer.body().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "").replace(id, "ID");
    }

    @Test
    void keysOfRequestsBelongToWhoSentThem() {
        String key = "key-" + open;
        String body = "{\"tags\": [\"type:idempotent\"]}";
        Answer first = admin.post(Api.entities(open), body, "Idempotency-Key", key).expect(201);
        Answer other = ada.post(Api.entities(open), body, "Idempotency-Key", key).expect(201);
        Answer again = ada.post(Api.entities(open), body, "Idempotency-Key", key).expect(201);
        Answer elsewhere = ada.post(Api.entities(hidden), body, "Idempotency-Key", key);

        assertThat(other.header("Location")).isNotEqualTo(first.header("Location"));
        assertThat(other.headers().map()).doesNotContainKey("idempotency-replayed");
        assertThat(again.header("Location")).isEqualTo(other.header("Location"));
        elsewhere.expectProblem(403, "access-denied");
    }

    @Test
    void cursorsOfOthersLeadNowhereElse() {
        admin.put(Api.entity(hidden, mark + "-a"), "{}").expect(201);
        admin.put(Api.entity(hidden, mark + "-b"), "{}").expect(201);
        String list =
                admin.get(Api.entities(hidden) + "?sort=id&limit=1")
                        .json()
                        .path("next")
                        .stringValue();
        String datasets = admin.get("/api/v1/datasets?limit=2").json().path("next").asString();
        String users = admin.get("/api/v1/users?limit=1").json().path("next").asString();
        String feed = admin.get(CHANGES + "?limit=3").json().path("next").stringValue();

        List<Answer> answers =
                List.of(
                        ada.get(Api.entities(open) + "?sort=id&limit=1&cursor=" + list),
                        ada.get(Api.entities(open) + "?sort=id&limit=1&cursor=" + users),
                        ada.get("/api/v1/datasets?cursor=" + datasets),
                        ada.get("/api/v1/datasets/" + open + "/tags?cursor=" + list),
                        ada.get(CHANGES + "?since=" + feed));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.body()).doesNotContain(mark, "type:user"));
        assertThat(answers.getFirst().status()).isEqualTo(422);
        assertThat(answers.get(1).status()).isEqualTo(422);
    }

    @Test
    void operationsOfOthersAreNotSeen() {
        Answer begun =
                admin.post(
                                Api.entity(hidden, mark + "first") + ":erase",
                                "{\"confirm\": \"" + mark + "first\"}")
                        .expect(202);
        String path = begun.header("Location");
        Answer missing = ada.get("/api/v1/operations/00000000-0000-4000-8000-000000000000");

        Answer refused = ada.get(path);

        refused.expectProblem(404, "operation-not-found");
        missing.expectProblem(404, "operation-not-found");
        assertThat(ada.get("/api/v1/operations").body()).doesNotContain(mark);
        Api viewer = cast.as("watch-" + open, "rbac:perm:store:view");
        viewer.get(path).expectProblem(404, "operation-not-found");
        assertThat(viewer.get("/api/v1/operations").body()).doesNotContain(mark);
        admin.get(path).expect(200);
    }

    @Test
    void keyShowsNothingOfWhatItsUserDidElsewhere() {
        Answer begun =
                admin.post(
                                Api.entity(hidden, mark + "first") + ":erase",
                                "{\"confirm\": \"" + mark + "first\"}")
                        .expect(202);
        String key =
                admin.post(
                                "/api/v1/users/admin/keys",
                                """
                                {"label": "bounded", "expiresInDays": 1, "tags": ["dataset:%s:*"]}"""
                                        .formatted(open))
                        .expect(201)
                        .json()
                        .path("key")
                        .stringValue();
        Api bounded = cast.with(key);

        bounded.get(Api.entity(open, "one")).expect(200);
        bounded.get(begun.header("Location")).expectProblem(404, "operation-not-found");
        assertThat(bounded.get("/api/v1/datasets").body()).contains(open).doesNotContain(mark);
        bounded.get("/api/v1/users/admin/keys").expectProblem(403, "access-denied");
    }

    @Test
    void liveEventsAreOfWhatMayBeViewed() throws Exception {
        try (Events events = new Events(port, cast.tokenOf("ada-" + open), "since=now")) {
            writeHidden("live");
            admin.put(Api.entity(open, "live-end"), "{}").expect(201);

            String seen = events.until("live-end");

            assertThat(seen).contains("shared-live").doesNotContain(mark);
        }
    }

    @Test
    void importDoesNotTellWhatIsThere() {
        Api writer =
                cast.as(
                        "writer-" + open,
                        "dataset:" + open + ":entity:create",
                        "dataset:" + open + ":entity:update",
                        "dataset:" + open + ":entity:delete");

        Answer refused =
                writer.send(
                        "POST",
                        Api.entities(open) + ":import?dryRun=true",
                        BodyPublishers.ofString("{\"id\": \"one\", \"tags\": [\"type:memo\"]}\n"),
                        "Content-Type",
                        "application/x-ndjson");

        refused.expectProblem(403, "access-denied");
    }
}
