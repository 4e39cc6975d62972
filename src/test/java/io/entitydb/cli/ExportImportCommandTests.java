package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class ExportImportCommandTests {

    private static final List<String> IDS = List.of("a", "b ü/:", "large", "gone", "empty");

    @TempDir private Path directory;
    private Path data;
    private Path other;
    private Path lines;

    @BeforeEach
    void write() {
        data = directory.resolve("data");
        other = directory.resolve("other");
        lines = directory.resolve("lines.ndjson");
        byte[] large = new byte[200_000];
        new Random(7).nextBytes(large);
        try (StorageEngine engine = WorkedStore.open(data)) {
            save(engine, "a", new byte[] {1, 2, 3}, "type:x");
            save(engine, "gone", new byte[] {4}, "type:y");
            save(engine, "b ü/:", "{\"x\":1}".getBytes(StandardCharsets.UTF_8));
            save(engine, "a", new byte[] {1, 2, 3, 4}, "type:x", "more:ü");
            save(engine, "large", large);
            save(engine, "empty", new byte[0], "type:z");
            Transaction deletion = engine.begin("tester");
            deletion.delete(key("gone"));
            deletion.commit();
        }
        WorkedStore.open(other).close();
    }

    private static EntityKey key(String id) {
        return new EntityKey("default", id);
    }

    private static void save(StorageEngine engine, String id, byte[] content, String... tags) {
        Transaction transaction = engine.begin("tester");
        Set<Tag> parsed = new HashSet<>();
        for (String tag : tags) {
            parsed.add(Tag.parse(tag));
        }
        transaction.save(
                key(id), EntityDraft.of(parsed, Content.of("application/x-test", content)));
        transaction.commit();
    }

    private static JsonNode json(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.err()).isEqualTo(ExitCode.SOUND);
        return JsonMapper.shared().readTree(invocation.out());
    }

    private static List<String> described(StorageEngine engine, String id) {
        return engine.snapshot().history(key(id), HistoryRange.oldest(100)).stream()
                .map(ExportImportCommandTests::described)
                .toList();
    }

    private static String described(Entity entity) {
        return entity.version().number()
                + " "
                + entity.isDeleted()
                + " "
                + entity.tags().keySet()
                + " "
                + entity.content().digest();
    }

    @Test
    void newestStatesAreCarriedOver() throws IOException {
        byte[] before = Files.readAllBytes(data.resolve("entities.edb"));
        JsonNode written =
                json(Invocation.of("export", "--json", data.toString(), lines.toString()));
        assertThat(written.path("lines").asInt()).isEqualTo(4);
        assertThat(written.path("transaction").asInt()).isEqualTo(7);
        assertThat(Files.readAllBytes(data.resolve("entities.edb"))).isEqualTo(before);
        assertThat(Files.readAllLines(lines)).hasSize(5).last().asString().contains("\"end\":true");

        JsonNode stored =
                json(Invocation.of("import", "--json", other.toString(), lines.toString()));
        assertThat(stored.path("created").asInt()).isEqualTo(4);
        JsonNode again =
                json(Invocation.of("import", "--json", other.toString(), lines.toString()));
        assertThat(again.path("unchanged").asInt()).isEqualTo(4);
        assertThat(again.path("transaction")).isEqualTo(stored.path("transaction"));

        try (StorageEngine from = WorkedStore.open(data);
                StorageEngine to = WorkedStore.open(other)) {
            for (String id : List.of("a", "b ü/:", "large", "empty")) {
                Entity expected = from.snapshot().latest(key(id)).orElseThrow();
                Entity actual = to.snapshot().latest(key(id)).orElseThrow();
                assertThat(actual.tags().keySet()).isEqualTo(expected.tags().keySet());
                assertThat(actual.content()).isEqualTo(expected.content());
                assertThat(actual.version().principal()).isEqualTo("operator");
            }
            assertThat(to.snapshot().latest(key("gone"))).isEmpty();
        }
    }

    @Test
    void historyIsCarriedOverVersionByVersion() {
        json(Invocation.of("export", "--json", "--history", data.toString(), lines.toString()));

        String[] importing = {"import", "--history", "--json", other.toString(), lines.toString()};
        JsonNode stored = json(Invocation.of(importing));

        assertThat(stored.path("created").asInt()).isEqualTo(5);
        assertThat(stored.path("updated").asInt()).isEqualTo(1);
        assertThat(stored.path("deleted").asInt()).isEqualTo(1);
        assertThat(json(Invocation.of(importing)).path("unchanged").asInt()).isEqualTo(7);
        try (StorageEngine from = WorkedStore.open(data);
                StorageEngine to = WorkedStore.open(other)) {
            for (String id : IDS) {
                assertThat(described(to, id)).isEqualTo(described(from, id));
            }
        }
    }

    @Test
    void lineThatIsRefusedEndsTheImportBehindThoseBefore() throws IOException {
        for (String bad :
                List.of(
                        "{\"id\": \"x\", \"colour\": 1}",
                        "{\"id\": \"x\", \"content\": \"AQ==\", \"contentDigest\": \"sha-256=:AAAA:\"}",
                        "{\"id\": \"x\", \"contentLength\": 5}",
                        "{\"id\": \"\"}",
                        "{\"tags\": []}",
                        "{\"id\": \"x\", \"tags\": [\"no tag\"]}",
                        "{\"id\": \"x\", \"state\": \"half\"}",
                        "{\"end\": false}",
                        "no json")) {
            Files.writeString(lines, "{\"id\": \"before\"}\n" + bad + "\n{\"id\": \"behind\"}\n");

            Invocation refused = Invocation.of("import", other.toString(), lines.toString());

            assertThat(refused.code()).as(bad).isEqualTo(ExitCode.DAMAGED);
            assertThat(refused.out()).contains("Stored up to line 1:", "Refused: line 2: ");
        }
        try (StorageEngine engine = WorkedStore.open(other)) {
            assertThat(engine.snapshot().latest(key("before"))).isPresent();
            assertThat(engine.snapshot().latest(key("behind"))).isEmpty();
            assertThat(engine.snapshot().sequence()).isOne();
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        Files.writeString(lines, "{\"id\": \"x\"}\n");
        for (String command : List.of("import", "export")) {
            String file = command.equals("import") ? lines.toString() : lines + ".new";
            assertThat(Invocation.of(command, "--dataset", "system", data.toString(), file).code())
                    .isEqualTo(ExitCode.USAGE);
            Invocation missing = Invocation.of(command, "--dataset", "none", data.toString(), file);
            assertThat(missing.code()).isEqualTo(ExitCode.NOT_OPENED);
            assertThat(missing.err()).contains("no dataset none");
            try (StorageEngine _ = WorkedStore.open(other)) {
                assertThat(Invocation.of(command, other.toString(), file).err())
                        .contains("storage-locked");
            }
            assertThat(Path.of(lines + ".new")).doesNotExist();
        }
        assertThat(Invocation.of("export", data.toString(), lines.toString()).code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Invocation.of("import", data.toString(), lines + ".none").code())
                .isEqualTo(ExitCode.USAGE);
    }
}
