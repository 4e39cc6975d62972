package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is announced is read as what is not, kept in memory or not, whatever it is. */
class ExpectedReadsTests {

    private static final List<EntityKey> KEYS =
            List.of(key("written"), key("absent"), key("deleted"), key("erased"), key("written"));

    @TempDir Path directory;

    private static EntityKey key(String id) {
        return new EntityKey("default", id);
    }

    private static void put(StorageEngine engine, String id, String text) {
        Transaction transaction = engine.begin("test");
        Content content = Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
        transaction.save(key(id), EntityDraft.of(Set.of(new Tag("type", "note")), content));
        transaction.commit();
    }

    private static List<Optional<Entity>> latest(Snapshot snapshot) {
        return KEYS.stream().map(snapshot::latest).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void announcingChangesNoAnswer(int cachedVersions) {
        StorageOptions options =
                StorageOptions.defaults().toBuilder().cachedVersions(cachedVersions).build();
        try (StorageEngine engine =
                StorageEngine.over(new OsDisk(directory), options, StorageObserver.NONE)) {
            engine.open();
            put(engine, "written", "once");
            Snapshot before = engine.snapshot();
            put(engine, "written", "twice");
            put(engine, "deleted", "gone");
            Transaction deletion = engine.begin("test");
            deletion.delete(key("deleted"));
            deletion.commit();
            put(engine, "erased", "secret");
            engine.erase(key("erased"), "test");
            Snapshot after = engine.snapshot();
            List<Optional<Entity>> present = latest(after);
            List<Optional<Entity>> past = latest(before);

            for (int round = 0; round < 4; round++) {
                after.expect(KEYS);
                assertThat(latest(after)).isEqualTo(present);
                before.expect(KEYS);
                assertThat(latest(before)).isEqualTo(past);
            }
            after.expect(List.of());
        }
    }
}
