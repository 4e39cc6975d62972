package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.StoreBackups;
import io.entitydb.entity.Tag;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A store on a disk, and beside it, outside of the engine, what was written to it: the oracle of
 * restores. Writes from one thread at a time.
 */
final class WrittenStore implements AutoCloseable {

    static final StorageOptions OPTIONS =
            StorageOptions.defaults().toBuilder().growthBytes(64 << 10).build();

    private final StorageEngine engine;
    private final OsDisk disk;
    private final List<Written> written = new ArrayList<>();

    /** A version that was written. */
    record Written(long sequence, String id, long version, String text) {}

    private WrittenStore(Path directory) {
        disk = new OsDisk(directory);
        engine = StorageEngine.over(disk, OPTIONS, StorageObserver.NONE);
    }

    static WrittenStore open(Path directory) {
        WrittenStore store = new WrittenStore(directory);
        store.engine.open();
        return store;
    }

    StorageEngine engine() {
        return engine;
    }

    OsDisk disk() {
        return disk;
    }

    static EntityKey key(String id) {
        return new EntityKey("default", id);
    }

    /** Writes a version and returns the sequence of its transaction. */
    long save(String id, String text) {
        Transaction transaction = engine.begin("tester");
        long version =
                transaction.save(
                        key(id),
                        EntityDraft.of(
                                Set.of(new Tag("length", "" + text.length())),
                                Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8))));
        long sequence = transaction.commit();
        written.add(new Written(sequence, id, version, text));
        return sequence;
    }

    /** Writes some versions and returns the sequence of the last transaction. */
    long saveSome(int count) {
        long sequence = 0;
        for (int i = 0; i < count; i++) {
            int number = written.size();
            int spaces = number % 20 == 7 ? 150_000 : number * 13 % 900;
            sequence = save("entity " + number % 7, "text " + number + " ".repeat(spaces));
        }
        return sequence;
    }

    List<Written> written() {
        return written;
    }

    Backups backups(Path target) {
        return backups(target, new BackupOptions(Long.MAX_VALUE, 30, 100));
    }

    Backups backups(Path target, BackupOptions options) {
        return new Backups(engine, disk, new OsDisk(target), options);
    }

    /** Makes a backup that tells its progress to nobody. */
    static StoreBackups.Made make(Backups backups, boolean isFull) {
        return backups.make(isFull, (activity, done, total) -> {});
    }

    /** A transaction, as the store tells it. */
    LogPoint pointAt(long sequence) {
        return Objects.requireNonNull(engine.log().at(sequence));
    }

    /** Requires that a directory holds exactly what was written up to a transaction. */
    void requireRestored(Path directory, long until) {
        try (WrittenStore restored = open(directory)) {
            assertThat(restored.engine.snapshot().sequence()).isEqualTo(until);
            assertThat(restored.engine.log().newest().digest()).isEqualTo(pointAt(until).digest());
            Map<String, List<Written>> expected = new TreeMap<>();
            written.forEach(
                    each ->
                            expected.computeIfAbsent(each.id(), id -> new ArrayList<>())
                                    .addAll(each.sequence() <= until ? List.of(each) : List.of()));
            expected.forEach(
                    (id, versions) ->
                            assertThat(restored.history(id))
                                    .as(id)
                                    .containsExactlyElementsOf(versions));
        }
    }

    private List<Written> history(String id) {
        return engine.snapshot().history(key(id), HistoryRange.oldest(1000)).stream()
                .map(WrittenStore::of)
                .toList();
    }

    private static Written of(Entity entity) {
        return new Written(
                entity.version().transaction(),
                entity.key().id(),
                entity.version().number(),
                new String(entity.content().bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        engine.close();
    }
}
