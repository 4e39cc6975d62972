package io.entitydb.web.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A collector that is not there, or takes nothing, harms nobody. Lines of the log are text or JSON,
 * as the first service of the process has it.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeadCollectorIT {

    private static final String WARNING = "spans are not taken by the collector";
    private static final int QUEUE = 32;
    private static final int BATCH = 8;
    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir private Path directory;

    private static ConfigurableApplicationContext start(Path directory, String endpoint) {
        String tracing = "--management.opentelemetry.tracing.export.";
        return SpringApplication.run(
                EntityDbApplication.class,
                Stream.concat(
                                Stream.of(TemporaryDirectory.arguments(directory)),
                                Stream.of(
                                        tracing + "otlp.endpoint=" + endpoint,
                                        tracing + "otlp.timeout=1s",
                                        tracing + "schedule-delay=50ms",
                                        tracing + "max-queue-size=" + QUEUE,
                                        tracing + "max-batch-size=" + BATCH,
                                        "--management.tracing.sampling.probability=1.0"))
                        .toArray(String[]::new));
    }

    private static Api api(ConfigurableApplicationContext service) {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (Api anonymous = new Api(port)) {
            await().until(() -> anonymous.get("/readyz").status() == 200);
        }
        return Api.ofAdmin(port);
    }

    private static void write(Api api, int number) {
        for (int i = 0; i < number; i++) {
            api.put(Api.entity("default", "e" + i), "{\"tags\": []}");
        }
    }

    @Test
    void collectorThatIsGoneIsToldOnceAndServiceGoesOn(CapturedOutput output) throws IOException {
        Instant stopping = Instant.MIN;
        String endpoint;
        try (Collector gone = new Collector()) {
            endpoint = gone.endpoint();
        }
        try (ConfigurableApplicationContext service = start(directory, endpoint);
                Api api = api(service)) {
            write(api, 100);
            await().atMost(Duration.ofSeconds(30)).until(() -> output.getAll().contains(WARNING));
            write(api, 100);
            api.get(Api.entity("default", "e99")).expect(200);
            stopping = Instant.now();
        }
        assertThat(Duration.between(stopping, Instant.now())).isLessThan(STOP);
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.matches(".*\\b(?:WARN|ERROR)\\b.*(?i:span|opentel).*"))
                .singleElement()
                .asString()
                .contains(
                        WARNING,
                        "ConnectException",
                        "check management.opentelemetry.tracing.export.otlp.endpoint");
    }

    /** What waits for the collector is bounded, and goes when it takes spans again. */
    @Test
    void whatTheCollectorDoesNotTakeIsDropped(CapturedOutput output) throws IOException {
        try (Collector collector = new Collector()) {
            collector.answer(400);
            try (ConfigurableApplicationContext service = start(directory, collector.endpoint());
                    Api api = api(service)) {
                write(api, 100);
                await().until(() -> output.getAll().contains(WARNING));
                collector.answer(200);
                await().until(
                                () -> {
                                    write(api, 1);
                                    return output.getAll().contains("taken by the collector again");
                                });
            }
            assertThat(collector.spans()).isNotEmpty();
            assertThat(output.getAll())
                    .contains("HttpExportException")
                    .containsPattern("lost\"?[=:]");
        }
    }
}
