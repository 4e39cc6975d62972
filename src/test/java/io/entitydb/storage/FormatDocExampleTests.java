package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The hex dump of FORMAT.md is what the code writes, and the code reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatDocExampleTests {

    private static final Path PAGE = Path.of("src/main/java/io/entitydb/storage/FORMAT.md");

    private FormatDoc doc = new FormatDoc(List.of());
    private FormatDocDump dump = new FormatDocDump(List.of());

    @BeforeAll
    void readPage() throws IOException {
        String page = Files.readString(PAGE);
        doc = FormatDoc.parse(page);
        dump = FormatDocDump.parse(page);
    }

    @Test
    void dumpIsWhatTheCodeWrites() {
        assertThat(dump.toFile(FormatDocExample.FILE_BYTES)).isEqualTo(FormatDocExample.bytes());
    }

    @Test
    void engineReadsTheDump(@TempDir Path directory) throws IOException {
        byte[] file = dump.toFile(FormatDocExample.FILE_BYTES);
        Files.write(directory.resolve("entities.edb"), file);
        StorageEngine engine = engine(directory);

        engine.open();

        try (engine) {
            assertThat(engine.state()).isInstanceOf(StoreState.ReadOnly.class);
            Entity entity = engine.snapshot().latest(FormatDocExample.KEY).orElseThrow();
            assertThat(entity.tags()).containsOnlyKeys(FormatDocExample.TAG);
            assertThat(entity.content().bytes()).isEqualTo(FormatDocExample.CONTENT.bytes());
            assertThat(entity.createdBy()).isEqualTo(FormatDocExample.PRINCIPAL);
            assertThat(entity.version().transaction()).isEqualTo(1);
            assertThat(entity.version().at().epochNanos()).isEqualTo(FormatDocExample.COMMIT_TIME);
        }
        assertThat(directory.resolve("entities.edb")).hasBinaryContent(file);
    }

    /** Where the dump shows a structure, its lines are the fields of that structure. */
    @ParameterizedTest
    @CsvSource({
        "HeaderLayout, 0, 0",
        "HeaderLayout, 0, 4096",
        "FrameLayout, 0, 8192",
        "FrameLayout, 1, 8352",
        "FrameLayout, 0, 8368",
        "FrameLayout, 1, 8552",
        "FrameLayout, 0, 8568",
        "RecordLayout, 0, 8672",
        "FrameLayout, 1, 8856"
    })
    void linesAreFields(String layout, int table, int position) {
        FormatDoc.Section section =
                doc.sections().stream()
                        .filter(candidate -> candidate.className().equals(layout))
                        .findFirst()
                        .orElseThrow();

        for (FormatDoc.Row row : section.tables().get(table)) {
            if (row.end().isPresent()) {
                assertThat(dump.nameAt(position + (int) row.offset())).contains(row.name());
            }
        }
    }

    private static StorageEngine engine(Path directory) {
        StorageOptions options = StorageEngineContract.options();
        return StorageEngine.over(
                new OsDisk(directory),
                options.toBuilder().isReadOnly(true).build(),
                StorageObserver.NONE);
    }
}
