package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.StorageEngine;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Changes as events, as they happen. */
@ServiceTest
@TestPropertySource(
        properties = {
            "entitydb.web.changes.checkpoint-interval=200ms",
            "entitydb.web.changes.max-feeds=3"
        })
@Timeout(60)
class LiveFeedIT {

    private final Api api;
    private final String dataset = "live-" + Long.toString(System.nanoTime(), 36);

    @LocalServerPort private int port;
    @Autowired private Feeds feeds;
    @Autowired private StorageEngine engine;

    private String begin = "";

    LiveFeedIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void make() {
        Answer made = api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
        begin = "?dataset=" + dataset + "&since=tx:" + made.transaction();
        await().until(() -> feeds.live() == 0);
    }

    private void put(String id, String... tags) {
        String all = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
        api.put(Api.entity(dataset, id), "{\"tags\": [" + all + "]}");
    }

    private FeedClient feed(String query, String... headers) {
        return FeedClient.open(port, query, headers);
    }

    private static String id(FeedClient.Event change) {
        return change.data().path("id").asString();
    }

    @Test
    void changesComeAsTheyHappen() throws IOException {
        put("before");
        try (FeedClient feed = feed(begin)) {
            assertThat(feed.status()).isEqualTo(200);
            assertThat(feed.answer().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(feed.answer().headers().firstValue("Cache-Control")).contains("no-store");
            FeedClient.Event first = feed.next("change");
            assertThat(id(first)).isEqualTo("before");
            assertThat(first.id()).isEqualTo(first.data().path("cursor").asString());

            put("a", "type:x");
            api.delete(Api.entity(dataset, "a")).expect(204);

            FeedClient.Event created = feed.next("change");
            assertThat(created.data().path("op").asString()).isEqualTo("created");
            assertThat(created.data().path("tags")).hasToString("[\"type:x\"]");
            assertThat(feed.next("change").data().path("op").asString()).isEqualTo("deleted");
        }
    }

    @Test
    void eventsAndItemsOfPagesAreTheSame() throws IOException {
        put("a");
        try (FeedClient feed = feed(begin)) {
            assertThat(feed.next("change").data())
                    .isEqualTo(
                            api.get("/api/v1/changes" + begin)
                                    .expect(200)
                                    .json()
                                    .path("items")
                                    .path(0));
        }
    }

    @Test
    void checkpointsComeWhenNothingMatchesAndMoveOn() throws IOException {
        try (FeedClient feed = feed(begin + "&tag=no:match")) {
            FeedClient.Event first = feed.next("checkpoint");
            put("other");

            FeedClient.Event later = feed.next("checkpoint");
            while (Objects.equals(later.id(), first.id())) {
                later = feed.next("checkpoint");
            }

            assertThat(later.id()).isEqualTo(later.data().path("cursor").asString());
            assertThat(Timestamp.parse(later.data().path("instant").asString()))
                    .isGreaterThan(Timestamp.parse(first.data().path("instant").asString()));
            assertThat(feed.next("checkpoint").id()).isEqualTo(later.id());
        }
    }

    @Test
    void lastEventIdResumesAndWinsOverSince() throws IOException {
        put("a");
        put("b");
        String place;
        try (FeedClient feed = feed(begin)) {
            place = Objects.requireNonNull(feed.next("change").id());
        }
        put("c");

        List<String> told = new ArrayList<>();
        try (FeedClient feed = feed(begin, "Last-Event-ID", place)) {
            told.add(id(feed.next("change")));
            told.add(id(feed.next("change")));
        }

        assertThat(told).containsExactly("b", "c");
    }

    @Test
    void placeOfAnotherHistoryEndsInAResync() throws IOException {
        put("a");
        ChangeCursor cursor =
                Objects.requireNonNull(
                        ChangeCursor.read(
                                api.get("/api/v1/changes" + begin).json().path("next").asString()));
        String other =
                new ChangeCursor(
                                cursor.store(),
                                cursor.epoch() + 1,
                                cursor.transaction(),
                                cursor.last(),
                                cursor.erasures(),
                                cursor.digest())
                        .write();

        try (FeedClient feed = feed(begin, "Last-Event-ID", other)) {
            FeedClient.Event resync = Objects.requireNonNull(feed.next());
            assertThat(resync.name()).isEqualTo("resync");
            assertThat(resync.id()).isEmpty();
            assertThat(resync.data().path("code").asString()).isEqualTo("cursor-gone");
            assertThat(feed.next()).isNull();
        }
        api.get("/api/v1/changes?since=" + other).expectProblem(410, "cursor-gone");
    }

    @Test
    void feedsAreCountedAndLimited() throws IOException {
        try (FeedClient one = feed(begin);
                FeedClient two = feed(begin);
                FeedClient three = feed(begin)) {
            three.next("checkpoint");
            assertThat(feeds.live()).isEqualTo(3);

            Answer live = api.get("/api/v1/changes" + begin, "Accept", "text/event-stream");
            Answer waiting = api.get("/api/v1/changes" + begin + "&wait=1s");

            live.expectProblem(503, "too-many-feeds");
            assertThat(live.header("Retry-After")).isEqualTo("5");
            waiting.expectProblem(503, "too-many-feeds");
            api.get("/api/v1/changes" + begin).expect(200);
            assertThat(List.of(one.status(), two.status())).containsOnly(200);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> feeds.live() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "text/event-stream, text/event-stream",
        "'text/event-stream, */*', text/event-stream",
        "'application/json, text/event-stream;q=0.5', application/json",
        "'application/json;q=0.5, text/event-stream', text/event-stream",
        "*/*, application/json",
        "application/*, application/json"
    })
    void clientChoosesBetweenPagesAndEvents(String accept, String expected) {
        Answer answer = api.head("/api/v1/changes" + begin, "Accept", accept).expect(200);

        assertThat(answer.header("Content-Type")).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({"limit=5, limit", "wait=1s, wait", "since=nonsense, since"})
    void whatEventsDoNotTakeIsRefused(String query, String parameter) {
        Answer refused = api.get("/api/v1/changes?" + query, "Accept", "text/event-stream");

        refused.expectProblem(422, "invalid-query");
        assertThat(refused.faults()).containsExactly(parameter);
    }

    /** As after a failed force: the file is opened again, or another one in its place. */
    @Test
    void feedGoesOnInAStoreThatWasCompactedMeanwhile() throws IOException {
        try (FeedClient feed = feed(begin)) {
            put("a");
            assertThat(id(feed.next("change"))).isEqualTo("a");

            engine.compact(io.entitydb.entity.Retention.NONE, (activity, done, total) -> {});
            put("b");

            assertThat(id(feed.next("change"))).isEqualTo("b");
        }
    }

    @Test
    void endingFeedsTellTheirPlaceAndEnd() throws IOException {
        try (FeedClient feed = feed(begin)) {
            put("a");
            FeedClient.Event change = feed.next("change");

            feeds.stop();
            try {
                FeedClient.Event last = change;
                for (FeedClient.Event event = feed.next(); event != null; event = feed.next()) {
                    last = event;
                }
                assertThat(last.name()).isEqualTo("checkpoint");
                assertThat(last.id()).isEqualTo(change.id());
                api.get("/api/v1/changes" + begin, "Accept", "text/event-stream")
                        .expectProblem(503, "service-unavailable");
            } finally {
                feeds.start();
            }
        }
    }
}
