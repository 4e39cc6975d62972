package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.entitydb.EntityDbApplication;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of the commands are those of the interface, in both directions. */
@ServiceTest
class CarriedLinesIT {

    private static final String DATASET = "carried";

    private final Api api;

    @TempDir private Path directory;

    CarriedLinesIT(Api api) {
        this.api = api;
    }

    @Test
    void linesOfOneAreTakenByTheOther() throws Exception {
        api.post("/api/v1/datasets", "{\"name\": \"" + DATASET + "\"}").expect(201);
        for (int i = 0; i < 30; i++) {
            String path = Api.entity(DATASET, "carried/" + i % 7);
            api.put(path, "{\"tags\": [\"n:%d\"], \"content\": {\"i\": %d}}".formatted(i, i));
        }
        api.delete(Api.entity(DATASET, "carried/3")).expect(204);
        String exported =
                api.get(Api.entities(DATASET) + ":export?history=true").expect(200).body();
        Path lines = Files.writeString(directory.resolve("lines.ndjson"), exported);
        Path data = directory.resolve("data");
        makeStore(data);

        assertThat(run("import", "--history", data.toString(), lines.toString())).isZero();
        Path back = directory.resolve("back.ndjson");
        assertThat(run("export", "--history", data.toString(), back.toString())).isZero();

        Answer imported =
                api.send(
                        "POST",
                        Api.entities(DATASET) + ":import?history=true",
                        BodyPublishers.ofFile(back),
                        "Content-Type",
                        "application/x-ndjson");
        assertThat(imported.expect(200).body().lines().toList())
                .hasSize(32)
                .last()
                .asString()
                .contains("\"end\":true", "\"unchanged\":31", "\"failed\":0");
    }

    private static void makeStore(Path data) {
        try (StorageEngine engine =
                StorageEngine.over(
                        new OsDisk(data), StorageOptions.defaults(), StorageObserver.NONE)) {
            engine.open();
        }
    }

    private static int run(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EntityDbApplication.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        System.out.print(new String(process.getInputStream().readAllBytes(), UTF_8));
        return process.waitFor();
    }
}
