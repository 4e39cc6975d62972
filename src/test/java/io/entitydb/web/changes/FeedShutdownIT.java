package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Feeds do not keep a service from stopping, and go on with the next one. */
@Timeout(180)
class FeedShutdownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Far below the time that is left for requests to end, and for feeds without an end. */
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir private Path directory;

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(EntityDbApplication.class)
                        .run(TemporaryDirectory.arguments(directory.resolve("data")));
        StorageEngine engine = context.getBean(StorageEngine.class);
        await().atMost(PATIENCE).until(() -> engine.state() instanceof StoreState.Ready);
        return context;
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Test
    void stoppingServiceEndsFeedsAndTheNextOneGoesOn() throws Exception {
        String place;
        String waitingPlace;
        ConfigurableApplicationContext first = start();
        try (Api api = Api.ofAdmin(port(first));
                FeedClient feed = FeedClient.open(port(first), "")) {
            api.put(Api.entity("default", "a"), "{}").expect(201);
            assertThat(feed.next("change").data().path("id").asString()).isEqualTo("a");
            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(
                            () -> api.get("/api/v1/changes?since=now&wait=60s"));
            await().atMost(PATIENCE).until(() -> first.getBean(Feeds.class).live() == 2);

            long begin = System.nanoTime();
            first.close();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(took).isLessThan(SOON);
            place = lastPlace(feed);
            Answer page = waiting.get().expect(200);
            assertThat(page.json().path("items").size()).isZero();
            waitingPlace = page.json().path("next").asString();
        } finally {
            first.close();
        }
        assertThat(place).isEqualTo(waitingPlace);

        try (ConfigurableApplicationContext second = start();
                Api api = Api.ofAdmin(port(second))) {
            api.put(Api.entity("default", "b"), "{}").expect(201);
            try (FeedClient feed = FeedClient.open(port(second), "", "Last-Event-ID", place)) {
                assertThat(feed.next("change").data().path("id").asString()).isEqualTo("b");
            }
        }
    }

    private static String lastPlace(FeedClient feed) throws IOException {
        FeedClient.Event last = null;
        for (FeedClient.Event event = feed.next(); event != null; event = feed.next()) {
            last = event;
        }
        assertThat(last).isNotNull();
        assertThat(last.name()).isEqualTo("checkpoint");
        return Objects.requireNonNull(last.id());
    }
}
