package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class RepairCommandTests {

    @TempDir Path directory;

    private static Path damaged(Path directory) throws IOException {
        Path store = GoldenStore.in(Files.createDirectories(directory), "small");
        Path file = store.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 200; i++) {
            bytes[8192 + 4096 + i] ^= 1;
        }
        Files.write(file, bytes);
        return store;
    }

    private static List<String> files(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void soundStoreIsLeftAlone() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        byte[] before = Files.readAllBytes(store.resolve("entities.edb"));

        Invocation repair = Invocation.of("repair", "--yes", store.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.SOUND);
        assertThat(repair.out()).contains("Nothing to repair.");
        assertThat(Files.readAllBytes(store.resolve("entities.edb"))).isEqualTo(before);
    }

    @Test
    void planIsShownAndNothingChanged() throws IOException {
        Path store = damaged(directory);
        byte[] before = Files.readAllBytes(store.resolve("entities.edb"));

        Invocation repair = Invocation.of("repair", "--accept-loss", store.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(repair.out()).contains("Damaged: ", "Nothing was changed. --yes does it.");
        assertThat(Files.readAllBytes(store.resolve("entities.edb"))).isEqualTo(before);
    }

    @Test
    void lossThatIsNotAcceptedIsRefused() throws IOException {
        Path store = damaged(directory);
        byte[] before = Files.readAllBytes(store.resolve("entities.edb"));

        Invocation repair = Invocation.of("repair", "--yes", store.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(repair.out()).contains("Lost: ", "--accept-loss");
        assertThat(Files.readAllBytes(store.resolve("entities.edb"))).isEqualTo(before);
    }

    @Test
    void damageIsRepairedFromACopy() throws IOException {
        Path store = damaged(directory.resolve("store"));
        Path copy = GoldenStore.in(Files.createDirectories(directory.resolve("copy")), "small");

        Invocation repair =
                Invocation.of(
                        "repair", "--yes", "--json", "--from", copy.toString(), store.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.SOUND);
        JsonNode document = JsonMapper.shared().readTree(repair.out());
        assertThat(document.get("result").asString()).isEqualTo("repaired");
        assertThat(document.get("keptTransactions").get(copy.toString()).asLong()).isPositive();
        assertThat(files(store)).contains(document.get("aside").asString());
        Invocation verify = Invocation.of("verify", store.toString());
        assertThat(verify.out()).contains("SOUND");
    }

    @Test
    void lossIsAccepted() throws IOException {
        Path store = damaged(directory);

        Invocation repair = Invocation.of("repair", "--yes", "--accept-loss", store.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(repair.out()).contains("repaired: ", "The old file is kept as entities.edb.");
        assertThat(Invocation.of("verify", store.toString()).code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void storeIsCompacted() throws IOException {
        Path store = GoldenStore.in(directory, "small");

        Invocation planned = Invocation.of("compact", store.toString());
        assertThat(planned.code()).isEqualTo(ExitCode.SOUND);
        assertThat(files(store)).noneMatch(file -> file.endsWith(".old"));
        Invocation compact = Invocation.of("compact", "--yes", store.toString());

        assertThat(compact.code()).isEqualTo(ExitCode.SOUND);
        assertThat(compact.out()).contains("compacted: ");
        assertThat(Invocation.of("verify", store.toString()).code()).isEqualTo(ExitCode.SOUND);
    }

    @Test
    void damagedStoreIsNotCompacted() throws IOException {
        Path store = damaged(directory);

        Invocation compact = Invocation.of("compact", "--yes", store.toString());

        assertThat(compact.code()).isEqualTo(ExitCode.DAMAGED);
        assertThat(compact.out()).contains("repair it first");
    }

    @Test
    void directoryWithoutStoreIsNotOpenedAndStaysEmpty() throws IOException {
        Invocation repair = Invocation.of("repair", "--yes", directory.toString());

        assertThat(repair.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void fileInPlaceOfADirectoryIsWrongUsage() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "a");

        assertThat(Invocation.of("repair", file.toString()).code()).isEqualTo(ExitCode.USAGE);
    }
}
