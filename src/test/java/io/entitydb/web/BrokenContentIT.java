package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;

/** Of a content that is damaged further on, no wrong byte is sent: the answer breaks off. */
@ServiceTest
@TestPropertySource(properties = "entitydb.storage.scrub.enabled=false")
class BrokenContentIT {

    private static final String LAST_WORD = "the-last-word-of-all";

    private final Api api;
    private final Path file;

    BrokenContentIT(Api api, @Value("${entitydb.storage.directory}") Path directory) {
        this.api = api;
        file = directory.resolve("entities.edb");
    }

    @Test
    void answerBreaksOffWhereTheContentIsDamaged() throws IOException {
        String path = Api.entity("default", "broken");
        String text = "x".repeat(3_000_000) + LAST_WORD;
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        api.put(path, "{\"content\":\"" + base64 + "\"}").expect(201);
        assertThat(api.get(path + "/content").expect(200).body()).isEqualTo(text);

        flipLastWord();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> api.get(path + "/content"));
        assertThat(api.get(path + "/content", "Range", "bytes=0-9").expect(206).body())
                .isEqualTo("x".repeat(10));
        api.get(path + "/content", "Range", "bytes=-5").expectProblem(500, "corrupt-data");
    }

    @Test
    void exportSaysThatItEndsBeforeItsTime() throws IOException {
        api.post("/api/v1/datasets", "{\"name\": \"broken-export\"}").expect(201);
        String text = "x".repeat(3_000_000) + LAST_WORD;
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        for (String id : List.of("a", "c")) {
            api.put(Api.entity("broken-export", id), "{}").expect(201);
        }
        api.put(Api.entity("broken-export", "b"), "{\"content\":\"" + base64 + "\"}").expect(201);
        flipLastWord();
        String path = Api.entities("broken-export") + ":export";

        List<String> lines = api.get(path).expect(200).body().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("{\"id\":\"b\"").doesNotEndWith("}");
        JsonNode end = JsonMapper.shared().readTree(lines.getLast());
        assertThat(end.path("end").asBoolean(true)).isFalse();
        assertThat(end.path("lines").asLong()).isEqualTo(1);
        assertThat(end.path("after").asString()).isEqualTo("a");
        assertThat(end.at("/problem/code").asString()).isEqualTo("corrupt-data");
        assertThat(api.get(path + "?after=b").expect(200).body().lines()).hasSize(2);
    }

    private void flipLastWord() throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = bytes.indexOf(LAST_WORD);
        assertThat(at).isPositive();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'T'}), at);
        }
    }
}
