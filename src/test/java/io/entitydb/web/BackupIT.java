package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.backup.Restore;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.RestorePoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Backups are asked for, watched, listed and fetched; what is fetched is a store. */
@ServiceTest
class BackupIT {

    private static final String BACKUPS = "/api/v1/store/backups";

    private final Api api;

    @TempDir private Path directory;

    @LocalServerPort private int port;

    BackupIT(Api api) {
        this.api = api;
    }

    private HttpResponse<Path> fetch(String path, Path file) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + port + path);
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + Api.tokenOfAdmin(port))
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(file));
        }
    }

    private JsonNode done(Answer accepted) {
        String location = accepted.expect(202).header("Location");
        // The service of all tests may hold hundreds of megabytes by now, and backups are
        // throttled.
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !api.get(location).json().path("state").asString().equals("running"));
        JsonNode operation = api.get(location).json();
        assertThat(operation.path("state").asString()).as("%s", operation).isEqualTo("done");
        return operation.path("result");
    }

    private String digestAt(long transaction) {
        return api.get("/api/v1/store/digest?tx=" + transaction)
                .expect(200)
                .json()
                .path("digest")
                .asString();
    }

    @Test
    void backupsAreMadeListedAndFetched() throws Exception {
        api.put(Api.entity("default", "backup-it"), "{\"tags\": [\"n:1\"]}");
        JsonNode full = done(api.post(BACKUPS + "?full=true")).path("backup");
        long transaction =
                api.put(Api.entity("default", "backup-it"), "{\"tags\": [\"n:2\"]}").transaction();

        JsonNode result = done(api.post(BACKUPS));

        JsonNode increment = result.path("backup");
        assertThat(full.path("type").asString()).isEqualTo("full");
        assertThat(increment.path("type").asString()).isEqualTo("incremental");
        assertThat(result.path("new").asBoolean()).isTrue();
        assertThat(increment.path("base")).isEqualTo(full.path("id"));
        assertThat(increment.path("after")).isEqualTo(full.path("to"));
        assertThat(increment.path("to").path("transaction").asLong()).isEqualTo(transaction);
        assertThat(increment.path("to").path("digest").asString()).isEqualTo(digestAt(transaction));
        assertThat(api.get(BACKUPS).expect(200).json().path("items").path(0)).isEqualTo(increment);
        String path = BACKUPS + "/" + full.path("id").asString();
        assertThat(api.get(path).expect(200).json()).isEqualTo(full);

        Path file = directory.resolve("fetched.edb");
        HttpResponse<Path> content = fetch(path + "/content", file);
        assertThat(content.statusCode()).isEqualTo(200);
        assertThat(Files.size(file)).isEqualTo(full.path("bytes").asLong());
        assertThat(content.headers().firstValue("Content-Disposition").orElseThrow())
                .contains(full.path("id").asString() + ".full.edb");
        Path restored = directory.resolve("restored");
        new Restore(file, restored, new Restore.Options(null, true))
                .run(new RestorePoint.Newest(), (activity, done, total) -> {});
        long last = full.path("to").path("transaction").asLong();
        try (StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(restored), StorageOptions.defaults(), StorageObserver.NONE)) {
            engine.open();
            assertThat(Objects.requireNonNull(engine.log().at(last)).digest())
                    .hasToString(digestAt(last));
            assertThat(engine.snapshot().sequence()).isEqualTo(last);
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        api.get(BACKUPS + "/20200101T000000.000Z").expectProblem(404, "backup-not-found");
        api.get(BACKUPS + "/20200101T000000.000Z/content").expectProblem(404, "backup-not-found");
        api.get(BACKUPS + "/..%2Fdata").expectProblem(404, "backup-not-found");
        api.post(BACKUPS + "?full=maybe").expectProblem(422, "invalid-query");
        api.post(BACKUPS + "?type=full").expectProblem(422, "unknown-parameter");
    }

    @Test
    void storeIsVerified() {
        long transaction = api.put(Api.entity("default", "verified-it"), "{}").transaction();

        JsonNode result = done(api.post("/api/v1/store/verifications"));

        assertThat(result.path("sound").asBoolean()).isTrue();
        assertThat(result.path("findings").asLong()).isZero();
        assertThat(result.path("places")).isEmpty();
        assertThat(result.path("bytes").asLong()).isPositive();
        JsonNode to = result.path("to");
        assertThat(to.path("digest").asString())
                .isEqualTo(digestAt(to.path("transaction").asLong()));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                done(api.post("/api/v1/store/verifications"))
                                                        .path("to")
                                                        .path("transaction")
                                                        .asLong())
                                        .isGreaterThanOrEqualTo(transaction));
    }

    @Test
    void checkpointIsWritten() {
        assertThat(done(api.post("/api/v1/store/checkpoints")).isMissingNode()).isTrue();
    }
}
