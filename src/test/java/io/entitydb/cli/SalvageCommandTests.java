package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class SalvageCommandTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HEADER_BYTES = 8192;

    @TempDir Path directory;

    private List<String> salvaged(Path store, String name, int code) throws IOException {
        Path target = directory.resolve(name);
        Invocation salvage = Invocation.of("salvage", store.toString(), target.toString());
        assertThat(salvage.code()).as("%s%s", salvage.out(), salvage.err()).isEqualTo(code);
        return Files.readAllLines(target);
    }

    private static void damage(Path store, int from, int length) throws IOException {
        Path file = store.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = from; i < from + length; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
    }

    @Test
    void everyVersionIsOneLineWithAllThatItHolds() throws IOException {
        Path store = GoldenStore.in(directory, "small");

        List<String> lines = salvaged(store, "out.ndjson", ExitCode.SOUND);

        assertThat(lines).isNotEmpty();
        assertThat(Files.readString(directory.resolve("out.ndjson.lost"))).isEmpty();
        JsonNode first = JSON.readTree(lines.getFirst());
        assertThat(first.propertyNames())
                .contains(
                        "dataset", "id", "version", "kind", "transaction", "at", "tags", "digest");
        assertThat(first.get("version").asLong()).isEqualTo(1);
        assertThat(first.get("transaction").asLong()).isEqualTo(1);
    }

    /** Identity, checksums and words are found without a header. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void storeWithoutAHeaderGivesTheSame(String golden) throws IOException {
        Path store = GoldenStore.in(directory, golden);
        List<String> sound = salvaged(store, "sound", ExitCode.SOUND);
        Path file = store.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, HEADER_BYTES, (byte) 0);
        Files.write(file, bytes);

        assertThat(salvaged(store, "headless", ExitCode.SOUND)).isEqualTo(sound);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 400, 4000})
    void whatIsDamagedIsListedAndAllElseIsWritten(int length) throws IOException {
        Path store = GoldenStore.in(directory, "small");
        List<String> sound = salvaged(store, "sound", ExitCode.SOUND);
        damage(store, HEADER_BYTES + 5000, length);

        List<String> left = salvaged(store, "damaged", ExitCode.DAMAGED);

        assertThat(sound).containsAll(left);
        assertThat(left).hasSizeLessThan(sound.size()).hasSizeGreaterThan(sound.size() / 3);
        List<JsonNode> lost =
                Files.readAllLines(directory.resolve("damaged.lost")).stream()
                        .map(JSON::readTree)
                        .toList();
        assertThat(lost)
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(line.propertyNames())
                                        .contains("position", "end", "reason"));
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path target = Files.writeString(directory.resolve("out"), "precious");

        Invocation salvage = Invocation.of("salvage", store.toString(), target.toString());

        assertThat(salvage.code()).isEqualTo(ExitCode.USAGE);
        assertThat(salvage.err()).contains("is there already");
        assertThat(target).hasContent("precious");
    }

    @Test
    void outputThatCannotBeWrittenIsSaid() throws IOException {
        Path store = GoldenStore.in(directory, "small");
        Path target = directory.resolve("missing").resolve("out");

        Invocation salvage = Invocation.of("salvage", store.toString(), target.toString());

        assertThat(salvage.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(salvage.err()).contains("cannot be written");
    }

    @Test
    void foreignFileIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "no store at all");

        Invocation salvage =
                Invocation.of("salvage", file.toString(), directory.resolve("out").toString());

        assertThat(salvage.code()).isEqualTo(ExitCode.NOT_OPENED);
    }
}
