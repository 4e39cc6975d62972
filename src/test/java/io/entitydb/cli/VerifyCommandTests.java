package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class VerifyCommandTests {

    @TempDir Path directory;

    @Test
    void soundStoreEndsWithZero() throws IOException {
        Path store = GoldenStore.in(directory, "small");

        Invocation verify = Invocation.of("verify", store.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.SOUND);
        assertThat(verify.out()).endsWith("SOUND" + System.lineSeparator());
        assertThat(verify.err()).isEmpty();
    }

    @Test
    void copyUnderAnotherNameIsChecked() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path copy = Files.move(store.resolve("entities.edb"), store.resolve("copy.bin"));

        Invocation verify = Invocation.of("verify", copy.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.SOUND);
        assertThat(verify.out()).startsWith("copy.bin");
    }

    /** What is being written would look torn. */
    @Test
    void storeThatIsOpenIsRefusedAndACopyOfItsFileIsNot() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path copy = Files.copy(store.resolve("entities.edb"), store.resolve("copy.bin"));
        try (DiskLock lock = new OsDisk(store).lock(StoreFiles.LOCK)) {
            assertThat(lock).isNotNull();

            Invocation verify = Invocation.of("verify", store.toString());

            assertThat(verify.code()).isEqualTo(ExitCode.NOT_OPENED);
            assertThat(verify.err()).contains("storage-locked");
            assertThat(Invocation.of("verify", copy.toString()).code()).isEqualTo(ExitCode.SOUND);
        }
        assertThat(Invocation.of("verify", store.toString()).code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void damagedStoreEndsWithOne() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path file = store.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        bytes[8192 + 4096] ^= 1;
        Files.write(file, bytes);

        Invocation verify = Invocation.of("verify", "--json", store.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.DAMAGED);
        JsonNode document = JsonMapper.shared().readTree(verify.out());
        assertThat(document.get("result").asString()).isEqualTo("damaged");
        JsonNode finding = document.get("findings").get(0);
        assertThat(finding.get("file").asString()).isEqualTo("entities.edb");
        assertThat(finding.get("position").asLong()).isLessThanOrEqualTo(8192 + 4096);
        assertThat(finding.get("end").asLong()).isGreaterThan(8192 + 4096);
    }

    @Test
    void damagedSearchIndexIsToBeDeleted() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path index = Files.createDirectory(store.resolve("query"));
        Files.writeString(index.resolve("segments_1"), "no index at all");

        Invocation verify = Invocation.of("verify", store.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(verify.out())
                .contains("damage search-damaged at query 0")
                .contains("What to do: delete query/ in the data directory")
                .doesNotContain("repair");
        Invocation json =
                Invocation.of("verify", "--json", store.resolve("entities.edb").toString());
        assertThat(JsonMapper.shared().readTree(json.out()).get("delete").toString())
                .isEqualTo("[\"query/\"]");
    }

    /** With a damaged log, an index that is deleted may be more than can be built again. */
    @Test
    void indexOfADamagedLogIsNotToBeDeleted() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path index = Files.createDirectory(store.resolve("query"));
        Files.writeString(index.resolve("segments_1"), "no index at all");
        Path file = store.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        bytes[8192 + 4096] ^= 1;
        Files.write(file, bytes);

        Invocation verify = Invocation.of("verify", store.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(verify.out())
                .contains("search-damaged", "'repair' would do")
                .doesNotContain("What to do: delete");
    }

    @Test
    void whatIsNotThereIsWrongUsage() {
        Invocation verify = Invocation.of("verify", directory.resolve("absent").toString());

        assertThat(verify.code()).isEqualTo(ExitCode.USAGE);
        assertThat(verify.err()).contains("neither a directory nor a file");
    }

    @Test
    void foreignFileIsNotOpened() throws IOException {
        Path file =
                Files.writeString(directory.resolve("letter.txt"), "Dear operator, ".repeat(999));

        Invocation verify = Invocation.of("verify", file.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(verify.err()).startsWith("unsupported-format: letter.txt: found magic");
    }

    @Test
    void directoryWithoutStoreIsNotOpenedAndStaysEmpty() throws IOException {
        Invocation verify = Invocation.of("verify", directory.toString());

        assertThat(verify.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(directory).isEmptyDirectory();
    }
}
