package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A feed that catches up and never waits leaves the processor to others. */
@Timeout(180)
class FeedTurnsIT {

    /** For all requests together. */
    private static final String ONE_PROCESSOR = "-Djdk.virtualThreadScheduler.parallelism=1";

    private static final int ENTITIES = 60_000;
    private static final int AT_ONCE = 10_000;

    /** Some are answered before the feed begins; without turns, none afterwards. */
    private static final int ANSWERS = 10;

    @TempDir private Path directory;

    private static void load(Api api) {
        for (int first = 0; first < ENTITIES; first += AT_ONCE) {
            StringBuilder lines = new StringBuilder();
            for (int n = first; n < first + AT_ONCE; n++) {
                lines.append("{\"id\":\"e").append(n).append("\",\"tags\":[\"type:a\"]}\n");
            }
            api.send(
                            "POST",
                            "/api/v1/datasets/default/entities:import?report=failed",
                            BodyPublishers.ofString(lines.toString()),
                            "Content-Type",
                            "application/x-ndjson")
                    .expect(200);
        }
    }

    /** Searches the whole log for what is not there, so that it never waits for its client. */
    private static void catchUp(int port) {
        try (FeedClient feed = FeedClient.open(port, "?since=0&tag=type:none")) {
            assertThat(feed.next("checkpoint")).isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void othersAreAnsweredMeanwhile() throws Exception {
        try (ServiceProcess service = new ServiceProcess(directory.resolve("data"), ONE_PROCESSOR);
                Api anonymous = new Api(service.port())) {
            load(service.api());
            CompletableFuture<Void> feed =
                    CompletableFuture.runAsync(() -> catchUp(service.port()));

            int answers = 0;
            while (!feed.isDone()) {
                anonymous.get("/livez").expect(200);
                answers++;
            }

            feed.get();
            assertThat(answers).isGreaterThan(ANSWERS);
        }
    }
}
