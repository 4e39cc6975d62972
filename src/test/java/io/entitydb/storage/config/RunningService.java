package io.entitydb.storage.config;

import static org.awaitility.Awaitility.await;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** The service over a data directory, without its REST interface, from its start to its end. */
final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RestTestClient client;

    /** Starts the service and waits until its store is open or has failed. */
    RunningService(Class<?> service, Path directory, String... properties) {
        String[] arguments =
                Stream.concat(
                                Stream.of(
                                        "server.port=0", "entitydb.storage.directory=" + directory),
                                Stream.of(properties))
                        .map(property -> "--" + property)
                        .toArray(String[]::new);
        context = new SpringApplicationBuilder(service).run(arguments);
        client =
                RestTestClient.bindToServer()
                        .baseUrl(
                                "http://localhost:"
                                        + context.getEnvironment().getProperty("local.server.port"))
                        .build();
        StorageEngine engine = context.getBean(StorageEngine.class);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                engine.state().isReadable()
                                        || engine.state() instanceof StoreState.Failed);
    }

    /** The body of a page. */
    String get(String path) {
        return Objects.requireNonNull(
                client.get()
                        .uri(path)
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    /** The status of a page. */
    int status(String path) {
        return client.get().uri(path).exchange().returnResult(String.class).getStatus().value();
    }

    StorageEngine engine() {
        return context.getBean(StorageEngine.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
