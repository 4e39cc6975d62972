package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The feed of changes, page by page and with waiting. */
@ServiceTest
class ChangesIT {

    private static final String CHANGES = "/api/v1/changes";

    private final Api api;
    private final String dataset = "changes-" + Long.toString(System.nanoTime(), 36);
    private String begin = "";

    ChangesIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void make() {
        Answer made = api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
        begin = "tx:" + made.transaction();
    }

    private Answer put(String id, String... tags) {
        String all = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
        Answer answer = api.put(Api.entity(dataset, id), "{\"tags\": [" + all + "]}");
        assertThat(answer.status()).isIn(200, 201);
        return answer;
    }

    private Answer page(String parameters) {
        return api.get(CHANGES + "?" + parameters).expect(200);
    }

    private Answer ours(String parameters) {
        return page("dataset=" + dataset + "&since=" + begin + "&" + parameters);
    }

    private static List<String> told(Answer page) {
        List<String> told = new ArrayList<>();
        for (JsonNode item : page.json().path("items")) {
            told.add(item.path("op").asString() + " " + item.path("id").asString());
        }
        return told;
    }

    private static String next(Answer page) {
        return page.json().path("next").asString();
    }

    @Test
    void everyKindOfChangeIsToldInTheOrderOfTheCommits() {
        Answer made = put("a", "type:x", "status:new");
        put("a", "type:x");
        api.delete(Api.entity(dataset, "a")).expect(204);
        api.post(Api.entity(dataset, "a") + ":restore").expect(200);
        api.delete(Api.entity(dataset, "a")).expect(204);
        put("a", "type:y");

        Answer page = ours("");

        assertThat(told(page))
                .containsExactly(
                        "created a",
                        "updated a",
                        "deleted a",
                        "restored a",
                        "deleted a",
                        "created a");
        JsonNode first = page.json().path("items").path(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "transaction",
                        "instant",
                        "dataset",
                        "id",
                        "version",
                        "op",
                        "tags",
                        "principal",
                        "cursor");
        assertThat(first.path("transaction").asLong()).isEqualTo(made.transaction());
        assertThat(first.path("instant")).isEqualTo(made.json().path("updatedAt"));
        assertThat(first.path("dataset").asString()).isEqualTo(dataset);
        assertThat(first.path("version").asLong()).isEqualTo(1);
        assertThat(first.path("tags")).hasToString("[\"status:new\",\"type:x\"]");
        assertThat(first.path("principal").asString()).isEqualTo("admin");
        assertThat(page.json().path("isComplete").asBoolean()).isTrue();
        assertThat(page.json().path("checkpoint").path("cursor").asString()).isEqualTo(next(page));
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEnded() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            put("e" + i);
            expected.add("created e" + i);
        }

        List<String> seen = new ArrayList<>();
        Answer page = ours("limit=3");
        seen.addAll(told(page));
        assertThat(seen).hasSize(3);
        assertThat(page.json().path("isComplete").asBoolean()).isFalse();
        while (!page.json().path("isComplete").asBoolean()) {
            page = page("limit=3&dataset=" + dataset + "&since=" + next(page));
            seen.addAll(told(page));
        }

        assertThat(seen).isEqualTo(expected);
        assertThat(told(page("dataset=" + dataset + "&since=" + next(page)))).isEmpty();
        put("late");
        assertThat(told(page("dataset=" + dataset + "&since=" + next(page))))
                .containsExactly("created late");
    }

    @Test
    void everyItemIsAPlaceToGoOnFrom() {
        for (int i = 0; i < 4; i++) {
            put("e" + i);
        }
        List<String> all = told(ours(""));

        int index = 0;
        for (JsonNode item : ours("").json().path("items")) {
            index++;
            String cursor = item.path("cursor").asString();
            assertThat(told(page("dataset=" + dataset + "&since=" + cursor)))
                    .isEqualTo(all.subList(index, all.size()));
        }
        assertThat(index).isEqualTo(4);
    }

    @Test
    void placesAreToldByTransactionsAndInstantsAndNow() {
        Answer one = put("one");
        Answer two = put("two");
        String instant = one.json().path("updatedAt").asString();

        assertThat(told(page("dataset=" + dataset + "&since=tx:" + one.transaction())))
                .containsExactly("created two");
        assertThat(told(page("dataset=" + dataset + "&since=" + instant)))
                .containsExactly("created two");
        assertThat(told(page("dataset=" + dataset + "&since=2020-01-01T00:00:00Z")))
                .containsExactly("created one", "created two");
        assertThat(told(page("dataset=" + dataset + "&since=0")))
                .containsExactly("created one", "created two");
        assertThat(told(page("dataset=" + dataset))).containsExactly("created one", "created two");
        Answer now = page("dataset=" + dataset + "&since=now");
        assertThat(told(now)).isEmpty();
        assertThat(now.json().path("checkpoint").path("instant")).isNotNull();
        assertThat(now.transaction()).isGreaterThanOrEqualTo(two.transaction());
    }

    @Test
    void tagsFilterByTheVersionAndTheOneBefore() {
        put("a", "follow:yes", "n:1");
        put("b", "n:1");
        put("a", "follow:yes", "n:2");
        put("a", "n:3");
        put("a", "n:4");
        put("b", "follow:yes");
        api.delete(Api.entity(dataset, "b")).expect(204);
        put("b", "n:9");

        assertThat(told(ours("tag=follow:yes")))
                .containsExactly("created a", "updated a", "updated a", "updated b", "deleted b");
        assertThat(told(ours("tag=follow:yes&tag=n:1"))).containsExactly("created a", "updated a");
        assertThat(told(ours("tag=n:9"))).containsExactly("created b");
        assertThat(told(ours("tag=none:such"))).isEmpty();
    }

    @Test
    void whatTheServiceKeepsForItselfIsNotTold() {
        put("a");

        for (JsonNode item : page("since=0&limit=1000").json().path("items")) {
            assertThat(item.path("dataset").asString()).isNotEqualTo("system");
        }
        api.get(CHANGES + "?dataset=system").expectProblem(403, "access-denied");
    }

    @Test
    void waitEndsAtOnceWhenSomethingMatches() throws Exception {
        String cursor = next(ours(""));
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(
                        () ->
                                page(
                                        "wait=60s&tag=match:yes&dataset="
                                                + dataset
                                                + "&since="
                                                + cursor));

        put("other", "match:no");
        assertThat(waiting).isNotDone();
        put("wanted", "match:yes");

        assertThat(told(waiting.get(30, TimeUnit.SECONDS))).containsExactly("created wanted");
    }

    @Test
    void waitEndsWithItsTimeAndTheCursorHasMovedOn() {
        String cursor = next(ours(""));
        put("other", "match:no");

        Answer page = page("wait=100ms&tag=match:yes&dataset=" + dataset + "&since=" + cursor);

        assertThat(told(page)).isEmpty();
        assertThat(next(page)).isNotEqualTo(cursor);
        assertThat(page.json().path("isComplete").asBoolean()).isTrue();
    }

    @Test
    void whatIsThereAlreadyIsNotWaitedFor() {
        put("a");

        assertThat(told(ours("wait=60s"))).containsExactly("created a");
    }

    @Test
    void cursorOfTheFeedIsItsLastEventId() {
        put("a");
        Answer one = ours("limit=1");
        put("b");

        Answer resumed =
                api.get(CHANGES + "?since=0&dataset=" + dataset, "Last-Event-ID", next(one))
                        .expect(200);

        assertThat(told(resumed)).containsExactly("created b");
        Answer forged = api.get(CHANGES + "?since=0", "Last-Event-ID", "AAAA");
        forged.expectProblem(422, "invalid-query");
        assertThat(forged.faults()).containsExactly("Last-Event-ID");
    }

    @ParameterizedTest
    @CsvSource({
        "since=tx:x, since",
        "since=tx:99999999, since",
        "since=v:1, since",
        "since=2026-01-01, since",
        "since=2200-01-01T00:00:00Z, since",
        "since=AQ3lB1kTq0m9bM0u8nK1xg, since",
        "since=, since",
        "since=-1, since",
        "since=0&since=0, since",
        "dataset=UPPER, dataset",
        "dataset=a&dataset=b, dataset",
        "tag=nonsense, tag",
        "limit=0, limit",
        "limit=1001, limit",
        "wait=61s, wait",
        "wait=30, wait",
        "wait=-1s, wait",
        "wait=1h, wait"
    })
    void invalidParametersAreRefusedByName(String query, String parameter) {
        Answer refused = api.get(CHANGES + "?" + query);

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly(parameter);
    }

    @Test
    void unknownParametersAndDatasetsAreRefused() {
        api.get(CHANGES + "?from=0").expectProblem(422, "unknown-parameter");
        api.get(CHANGES + "?dataset=never-made").expectProblem(404, "dataset-not-found");
        api.get(CHANGES + "?" + "tag=a:b&".repeat(101)).expectProblem(422, "invalid-query");
        api.post(CHANGES, "{}").expectProblem(405, "method-not-allowed");
        api.get(CHANGES, "Accept", "text/plain").expectProblem(406, "not-acceptable");
    }

    @Test
    void changesInADatasetThatIsDeletedAreTold() {
        put("a");
        api.delete(Api.entity(dataset, "a")).expect(204);
        api.delete("/api/v1/datasets/" + dataset).expect(204);

        assertThat(told(ours(""))).containsExactly("created a", "deleted a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 65})
    void cursorsThatWereChangedAreRefused(int at) {
        put("a");
        char[] text = next(ours("")).toCharArray();
        text[at] = text[at] == 'A' ? 'E' : 'A';

        api.get(CHANGES + "?since=" + new String(text)).expectProblem(422, "invalid-query");
    }
}
