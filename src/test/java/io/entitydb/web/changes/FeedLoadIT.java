package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many clients under load, those that lose their connections, and those that do not read. */
@ServiceTest
@TestPropertySource(
        properties = {
            "entitydb.web.changes.checkpoint-interval=500ms",
            "server.tomcat.connection-timeout=2s"
        })
@Timeout(300)
class FeedLoadIT {

    private static final int SUBSCRIBERS = 50;
    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Api api;
    private final String dataset = "load-" + Long.toString(System.nanoTime(), 36);

    @LocalServerPort private int port;
    @Autowired private Feeds feeds;

    FeedLoadIT(Api api) {
        this.api = api;
    }

    @Test
    void everySubscriberSeesEveryChangeInTheOrderOfTheCommits() throws Exception {
        long seed = System.nanoTime();
        System.out.println("FeedLoadIT seed " + seed);
        api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
        FeedTruth truth = new FeedTruth(api, dataset);
        AtomicBoolean isWritten = new AtomicBoolean();
        List<FeedSubscriber> subscribers = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                FeedSubscriber subscriber =
                        new FeedSubscriber(api, port, "dataset=" + dataset, seed + i);
                subscribers.add(subscriber);
                running.add(
                        threads.submit(
                                () -> {
                                    subscriber.follow(
                                            () ->
                                                    System.nanoTime() > deadline
                                                            || (isWritten.get()
                                                                    && subscriber.size()
                                                                            >= truth.all().size()));
                                    return 0;
                                }));
            }
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writing.add(threads.submit(() -> write(truth, number, seed)));
            }
            for (Future<?> writer : writing) {
                writer.get();
            }
            isWritten.set(true);
            for (Future<?> subscriber : running) {
                subscriber.get();
            }
        }

        List<String> expected = truth.all();
        assertThat(expected).hasSizeGreaterThan(WRITERS * TRANSACTIONS);
        for (FeedSubscriber subscriber : subscribers) {
            assertThat(subscriber.seen()).isEqualTo(expected);
            assertThat(subscriber.disconnects()).isPositive();
        }
        System.out.printf(
                "%d changes, %d disconnects, %d told again%n",
                expected.size(),
                subscribers.stream().mapToInt(FeedSubscriber::disconnects).sum(),
                subscribers.stream().mapToInt(FeedSubscriber::repeated).sum());
    }

    private static void write(FeedTruth truth, int writer, long seed) {
        Random random = new Random(seed ^ writer);
        for (int i = 0; i < TRANSACTIONS; i++) {
            truth.write(writer, random);
        }
    }

    @Test
    void clientThatDoesNotReadHoldsUpNobodyAndIsDropped() throws IOException {
        api.post("/api/v1/datasets", "{\"name\": \"" + dataset + "\"}").expect(201);
        String tags = manyTags();
        for (int i = 0; i < 80; i++) {
            api.put(Api.entity(dataset, "big-" + i), "{\"tags\": [" + tags + "]}").expect(201);
        }
        await().atMost(PATIENCE).until(() -> feeds.live() == 0);

        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            OutputStream out = slow.getOutputStream();
            out.write(
                    ("GET /api/v1/changes?dataset="
                                    + dataset
                                    + " HTTP/1.1\r\nHost: a\r\n"
                                    + Api.authorization(port)
                                    + "Accept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(PATIENCE).until(() -> feeds.live() == 1);

            try (FeedClient quick = FeedClient.open(port, "?dataset=" + dataset)) {
                for (int i = 0; i < 80; i++) {
                    assertThat(quick.next("change").data().path("id").asString())
                            .isEqualTo("big-" + i);
                }
                api.put(Api.entity(dataset, "late"), "{}").expect(201);
                assertThat(quick.next("change").data().path("id").asString()).isEqualTo("late");
            }

            await().atMost(PATIENCE).until(() -> feeds.live() == 0);
        }
    }

    /** About 200 KB. */
    private static String manyTags() {
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 220; i++) {
            tags.append(i == 0 ? "" : ",").append("\"t").append(i).append(':');
            tags.append("x".repeat(900)).append('"');
        }
        return tags.toString();
    }
}
