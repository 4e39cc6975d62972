package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class InspectCommandTests {

    @TempDir private Path data;

    @BeforeEach
    void write() {
        WorkedStore.write(data, 30);
    }

    private JsonNode inspect(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "inspect";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[arguments.length - 1] = data.toString();
        Invocation shown = Invocation.of(arguments);
        assertThat(shown.code()).as(shown.err()).isEqualTo(ExitCode.SOUND);
        return JsonMapper.shared().readTree(shown.out());
    }

    @Test
    void headerSpaceAndFramesAreShown() throws IOException {
        byte[] before = Files.readAllBytes(data.resolve("entities.edb"));

        JsonNode shown = inspect();

        assertThat(shown.path("slots").size()).isEqualTo(2);
        assertThat(shown.path("slots"))
                .allSatisfy(slot -> assertThat(slot.path("valid").asBoolean()).isTrue())
                .anySatisfy(slot -> assertThat(slot.path("walSequence").asLong()).isEqualTo(30));
        long bytes = 0;
        for (JsonNode use : shown.path("space")) {
            bytes += use.path("bytes").asLong();
        }
        assertThat(bytes).isEqualTo(before.length);
        assertThat(shown.path("space").path("transaction").path("count").asInt()).isEqualTo(30);
        assertThat(shown.path("frames").size()).isEqualTo(20);
        assertThat(shown.path("frames").path(0).path("kind").asString()).isEqualTo("dictionary");
        assertThat(shown.toString()).doesNotContain("secret", "entity ", "text ");
        assertThat(Files.readAllBytes(data.resolve("entities.edb"))).isEqualTo(before);
    }

    @Test
    void framesAreChosen() {
        JsonNode frames = inspect("--frames", "2", "--transaction", "11").path("frames");

        assertThat(frames.size()).isEqualTo(2);
        assertThat(frames.path(0).path("transaction").asInt()).isEqualTo(11);
        String position = frames.path(1).path("position").asString();
        assertThat(inspect("--frames", "1", "--from", position).path("frames").path(0))
                .isEqualTo(frames.path(1));
        assertThat(inspect("--frames", "0").path("frames").isEmpty()).isTrue();
        assertThat(Invocation.of("inspect", "--frames", "10001", data.toString()).code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void damageIsShownAsWhatItIs() throws IOException {
        long position =
                inspect("--transaction", "5").path("frames").path(0).path("position").asLong();
        Path file = data.resolve("entities.edb");
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position + 200] ^= 1;
        bytes[10] ^= 1;
        Files.write(file, bytes);

        Invocation shown = Invocation.of("inspect", "--transaction", "5", data.toString());

        assertThat(shown.code()).isEqualTo(ExitCode.SOUND);
        assertThat(shown.out()).contains("not valid: ", "damaged", "tx:5 ", "differs");
    }
}
