package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A feed that catches up and never waits leaves the processor to others. */
@Timeout(180)
class FeedTurnsIT {

    /** For all requests together. */
    private static final String ONE_PROCESSOR = "-Djdk.virtualThreadScheduler.parallelism=1";

    private static final int ENTITIES = 60_000;
    private static final int AT_ONCE = 10_000;

    @TempDir private Path directory;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        clients.close();
    }

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

    /**
     * Many feeds at once have a queue of their own to themselves, which others wait for behind.
     *
     * @param answers without turns, none once the feeds have begun; with turns of which each has
     *     the same rest, three or four of 16
     */
    @ParameterizedTest
    @CsvSource({"1, 10", "16, 20"})
    void othersAreAnsweredMeanwhile(int feeds, int answers) throws Exception {
        try (ServiceProcess service = new ServiceProcess(directory.resolve("data"), ONE_PROCESSOR);
                Api anonymous = new Api(service.port())) {
            load(service.api());
            List<CompletableFuture<Void>> running =
                    Stream.generate(
                                    () ->
                                            CompletableFuture.runAsync(
                                                    () -> catchUp(service.port()), clients))
                            .limit(feeds)
                            .toList();

            int answered = 0;
            while (running.stream().noneMatch(CompletableFuture::isDone)) {
                anonymous.get("/livez").expect(200);
                answered++;
            }

            running.forEach(CompletableFuture::join);
            System.out.printf("%d feeds: %d answers%n", feeds, answered);
            assertThat(answered).isGreaterThan(answers);
        }
    }
}
