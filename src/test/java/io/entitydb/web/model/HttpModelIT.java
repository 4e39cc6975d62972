package io.entitydb.web.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.storage.ReliabilityGoal;
import io.entitydb.storage.ReliabilityReport;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Random operations through HTTP answer as a plain model says, and so does a service after it. */
class HttpModelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LIVES = 4;

    @TempDir private Path directory;

    private final long begin = System.nanoTime();
    private final long seed = Long.getLong("model.seed", new Random().nextLong());

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext service =
                new SpringApplicationBuilder(EntityDbApplication.class)
                        .run(TemporaryDirectory.arguments(directory.resolve("data")));
        try (Api api = new Api(portOf(service))) {
            await().atMost(PATIENCE).until(() -> api.get("/readyz").status() == 200);
        }
        return service;
    }

    private static Api apiOf(ConfigurableApplicationContext service) {
        return Api.ofAdmin(portOf(service));
    }

    private static int portOf(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Test
    void answersAreThoseOfTheModel() {
        System.out.println("seed " + seed);
        long goal = ReliabilityGoal.HTTP_OPERATIONS.count();
        ModelClient client = new ModelClient(new Random(seed));

        for (int life = 1; life <= LIVES; life++) {
            try (ConfigurableApplicationContext service = start();
                    Api api = apiOf(service)) {
                client.compareAll(api);
                while (client.operations() < goal * life / LIVES) {
                    client.step(api);
                }
                client.compareAll(api);
            }
        }

        System.out.println("operations and answers " + client.tally());
        assertThat(client.tally().keySet())
                .contains(
                        "put 201", "put 200", "put 412", "delete 204", "restore 200", "erase 202");
        assertThat(client.tally().keySet())
                .contains("transaction 200", "transaction 412", "replay 200", "revert 200");
        ReliabilityReport.reached(
                ReliabilityGoal.HTTP_OPERATIONS, seed, client.operations(), begin);
    }
}
