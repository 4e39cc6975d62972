package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.backup.Restore;
import io.entitydb.storage.repair.RestorePoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A service over a restored store tells the same past, and nobody the future that was lost. */
@ServiceTest
class RestoredServiceIT {

    private static final int CHANGES = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Api api;

    @Value("${entitydb.backup.directory}")
    private Path backups;

    @TempDir private Path directory;

    RestoredServiceIT(Api api) {
        this.api = api;
    }

    /**
     * All changes. A file that was made anew tells of an erasure where the versions stand that it
     * destroyed, and not once more where it happened.
     */
    private static List<JsonNode> feed(Api of) {
        List<JsonNode> told = new ArrayList<>();
        Set<String> versions = new HashSet<>();
        String since = "0";
        while (true) {
            JsonNode page = of.get("/api/v1/changes?limit=1000&since=" + since).expect(200).json();
            if (page.path("items").isEmpty()) {
                return told;
            }
            for (JsonNode change : page.path("items")) {
                boolean isNew = versions.add(versionOf(change));
                if (isNew || !change.path("op").asString().equals("erased")) {
                    told.add(withoutCursor(change));
                }
            }
            since = page.path("next").asString();
        }
    }

    private static String versionOf(JsonNode change) {
        return change.path("dataset") + "/" + change.path("id") + "/" + change.path("version");
    }

    /** A cursor tells the epoch, which is another one. */
    private static JsonNode withoutCursor(JsonNode change) {
        ObjectNode facts = (ObjectNode) change.deepCopy();
        facts.remove("cursor");
        return facts;
    }

    private static String cursorAtTheEnd(Api of) {
        return of.get("/api/v1/changes?since=now").expect(200).json().path("next").asString();
    }

    private static long transactionOf(JsonNode change) {
        return change.path("transaction").asLong();
    }

    /** Changes entities in turn and returns the transaction of the last change. */
    private long change(String round) {
        long last = 0;
        for (int i = 0; i < CHANGES; i++) {
            String path = Api.entity("default", "restored-" + i % 9);
            last =
                    i % 17 == 16
                            ? api.delete(path).transaction()
                            : api.put(path, "{\"tags\": [\"%s:%d\"]}".formatted(round, i))
                                    .transaction();
        }
        return last;
    }

    /**
     * The service of all tests may hold hundreds of megabytes by now, and backups are throttled.
     */
    private void awaitDone(Answer begun) {
        String operation = begun.header("Location");
        await().atMost(PATIENCE)
                .until(() -> !api.get(operation).json().path("state").asString().equals("running"));
        assertThat(api.get(operation).json().path("state").asString())
                .as(api.get(operation).body())
                .isEqualTo("done");
    }

    @Test
    void feedOfTheRestoredStoreIsThatOfTheOriginalUpToThePoint() {
        long point = change("before");
        Answer begun = api.post("/api/v1/store/backups").expect(202);
        change("after");
        awaitDone(begun);
        awaitDone(api.post("/api/v1/store/backups").expect(202));
        String lost = cursorAtTheEnd(api);
        Path restored = directory.resolve("restored");
        new Restore(backups, restored, new Restore.Options(null, false))
                .run(new RestorePoint.Transaction(point), (activity, done, total) -> {});

        try (ConfigurableApplicationContext context =
                        new SpringApplicationBuilder(EntityDbApplication.class)
                                .run(TemporaryDirectory.arguments(restored));
                Api ofRestored = opened(context)) {
            List<JsonNode> told = feed(ofRestored);

            assertThat(told)
                    .filteredOn(change -> transactionOf(change) <= point)
                    .isEqualTo(
                            feed(api).stream()
                                    .filter(change -> transactionOf(change) <= point)
                                    .toList());
            assertThat(told).filteredOn(change -> change.toString().contains("after:")).isEmpty();
            assertThat(told.size()).isGreaterThanOrEqualTo(CHANGES);
            ofRestored.get("/api/v1/changes?since=" + lost).expectProblem(410, "cursor-gone");
            assertThat(digestAt(ofRestored, point)).isEqualTo(digestAt(api, point));
        }
    }

    private static String digestAt(Api of, long transaction) {
        return of.get("/api/v1/store/digest?tx=" + transaction)
                .expect(200)
                .json()
                .path("digest")
                .asString();
    }

    private static Api opened(ConfigurableApplicationContext context) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (Api anonymous = new Api(port)) {
            await().until(() -> anonymous.get("/readyz").status() == 200);
        }
        return Api.ofAdmin(port);
    }
}
