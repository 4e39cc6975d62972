package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RebuildIndexesCommandTests {

    @TempDir private Path data;

    @Test
    void bothIndexesAreBuiltAnewAndVerify() throws IOException {
        WorkedStore.write(data, 30);
        Files.writeString(data.resolve("entities.idx"), "damaged");
        Files.createDirectory(data.resolve("query"));
        Files.writeString(data.resolve("query").resolve("segments_1"), "damaged");

        Invocation built = Invocation.of("rebuild-indexes", "--json", data.toString());

        assertThat(built.code()).as(built.err()).isEqualTo(ExitCode.SOUND);
        JsonNode document = JsonMapper.shared().readTree(built.out());
        assertThat(document.path("livingEntities").asInt()).isEqualTo(5);
        assertThat(document.path("documents").asInt()).isEqualTo(30);
        assertThat(document.path("transactions").asInt()).isEqualTo(30);
        Invocation verify = Invocation.of("verify", data.toString());
        assertThat(verify.out()).contains("SOUND").doesNotContain("not checked");
        try (StorageEngine engine = WorkedStore.open(data)) {
            assertThat(engine.status().recovery())
                    .isNotNull()
                    .returns(false, RecoveryReport::isIndexRebuilt);
        }
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() throws IOException {
        assertThat(Invocation.of("rebuild-indexes", data.toString()).code())
                .isEqualTo(ExitCode.NOT_OPENED);
        try (var files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void openStoreIsLeftAlone() {
        WorkedStore.write(data, 3);
        try (StorageEngine engine = WorkedStore.open(data)) {
            Invocation refused = Invocation.of("rebuild-indexes", data.toString());
            assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
            assertThat(refused.err()).contains("storage-locked");
            assertThat(engine.snapshot().sequence()).isEqualTo(3);
        }
    }
}
