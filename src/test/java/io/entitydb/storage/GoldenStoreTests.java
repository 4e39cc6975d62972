package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.LogEntry;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stores that earlier builds left are read as they were, and written on. */
class GoldenStoreTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));
    private static final StorageOptions READ_ONLY = OPTIONS.toBuilder().isReadOnly(true).build();
    private static final EntityKey ADDED = TextStore.key("added by a later build");

    private static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @Test
    void formatFourIsAmongThem() {
        assertThat(goldenFiles())
                .extracting(GoldenFile::name)
                .contains("v4/killed", "v4/large", "v4/small");
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void isReadAsItWas(GoldenFile file) {
        SimulatedDisk disk = diskOf(file);

        try (StorageEngine engine = open(disk, READ_ONLY)) {
            assertThat(engine.status().recovery())
                    .extracting(RecoveryReport::damage, RecoveryReport::isIndexRebuilt)
                    .containsExactly(null, false);
            assertThat(GoldenHistory.read(engine).describe()).isEqualTo(file.history());
        }

        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(file.data());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void isReadWithoutItsIndex(GoldenFile file) {
        SimulatedDisk disk = diskOf(file);
        disk.delete(ImageWriter.FILE);

        try (StorageEngine engine = open(disk, READ_ONLY)) {
            assertThat(GoldenHistory.read(engine).describe()).isEqualTo(file.history());
        }
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void isWrittenOnAndReopened(GoldenFile file) {
        SimulatedDisk disk = diskOf(file);
        GoldenHistory before;
        try (StorageEngine engine = open(disk, OPTIONS)) {
            before = GoldenHistory.read(engine);

            commit(engine, ADDED, "first text");
            commit(engine, living(before), "one more version");
        }

        try (StorageEngine engine = open(disk, OPTIONS)) {
            requireContinued(engine, before);
            engine.checkpoint();
            commit(engine, ADDED, "second text");
        }

        disk.delete(ImageWriter.FILE);
        try (StorageEngine engine = open(disk, READ_ONLY)) {
            requireContinued(engine, before);
            assertThat(engine.snapshot().sequence()).isEqualTo(before.sequence() + 3);
            assertThat(textOf(engine, ADDED)).contains("second text");
        }
    }

    private static void requireContinued(StorageEngine engine, GoldenHistory before) {
        GoldenHistory after = GoldenHistory.read(engine);
        List<LogEntry> kept = after.entries().subList(0, before.entries().size());
        assertThat(kept).isEqualTo(before.entries());
        EntityKey changed = living(before);
        assertThat(versionsOf(after, changed)).hasSize(versionsOf(before, changed).size() + 1);
        assertThat(textOf(engine, changed)).contains("one more version");
        assertThat(engine.snapshotAt(before.sequence() + 1).latest(ADDED))
                .map(entity -> entity.content().bytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("first text"));
    }

    private static List<GoldenHistory.Known> versionsOf(GoldenHistory history, EntityKey key) {
        return history.versions().getOrDefault(key, List.of());
    }

    /** An entity that the file holds and that is not deleted. */
    private static EntityKey living(GoldenHistory history) {
        return history.versions().entrySet().stream()
                .filter(versions -> !versions.getValue().getLast().entity().isDeleted())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Optional<String> textOf(StorageEngine engine, EntityKey key) {
        return engine.snapshot()
                .latest(key)
                .map(Entity::content)
                .map(Content::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static void commit(StorageEngine engine, EntityKey key, String text) {
        Transaction transaction = engine.begin("a later build");
        transaction.save(key, TextStore.draft(text));
        transaction.commit();
    }

    private static StorageEngine open(SimulatedDisk disk, StorageOptions options) {
        StorageEngine engine =
                SmallStore.engine(disk, options, StorageObserver.NONE, new PlatformCrew());
        engine.open();
        return engine;
    }

    private static SimulatedDisk diskOf(GoldenFile file) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(StoreFiles.DATA, file.data());
        byte[] image = file.image();
        if (image != null) {
            disk.replace(ImageWriter.FILE, image);
        }
        return disk;
    }
}
