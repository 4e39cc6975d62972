package io.entitydb.web.access;

import io.entitydb.EntityDbApplication;
import io.entitydb.web.Api;

import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service that was started by itself, as {@code java -jar} starts it. */
final class Started implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Started(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a service over a data directory, with settings. */
    static Started over(Path data, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--entitydb.storage.directory=" + data);
        List.of(settings).forEach(setting -> arguments.add("--" + setting));
        return new Started(
                new SpringApplicationBuilder(EntityDbApplication.class)
                        .run(arguments.toArray(String[]::new)));
    }

    /** Waits until the store is open, over plain HTTP. */
    Started ready() {
        try (Api anonymous = new Api(port())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> anonymous.get("/readyz").status() == 200);
        }
        return this;
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
