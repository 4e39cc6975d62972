package io.entitydb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Backup;
import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.Retention;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.regression.Regression;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.repair.RestorePoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Backups of a store that is written to, erased from and compacted meanwhile. */
class BackupUnderLoadTests {

    private static final int WRITERS = 4;
    private static final int BACKUPS = 8;

    /** Versions that must come between two backups. */
    private static final int VERSIONS = 100;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Future<?>> writing = new ArrayList<>();

    @TempDir private Path directory;
    private WrittenStore store;

    @BeforeEach
    void startWriters() {
        store = WrittenStore.open(directory.resolve("data"));
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writing.add(callers.submit(() -> saveUntilOver(writer)));
        }
    }

    @AfterEach
    void stopWriters() {
        isOver.set(true);
        callers.shutdownNow();
        store.close();
    }

    private void saveUntilOver(int writer) {
        for (int i = 0; !isOver.get(); i++) {
            String id = writer + "-" + i % 10;
            int length = i % 50 == 49 ? 100_000 : i % 2_000;
            try {
                Transaction transaction = store.engine().begin("writer");
                transaction.save(
                        WrittenStore.key(id),
                        EntityDraft.of(
                                Set.of(),
                                Content.of(
                                        "text/plain",
                                        (id + ".".repeat(length))
                                                .getBytes(StandardCharsets.UTF_8))));
                transaction.commit();
            } catch (VersionConflictException e) {
                // The file was replaced, or the entity erased: the next round goes on.
                assertThat(e).hasMessageMatching(".*(replaced|changed|erased).*");
            }
        }
    }

    private void awaitVersions() throws InterruptedException {
        long wanted = store.engine().snapshot().sequence() + VERSIONS;
        assertThat(store.engine().await(wanted, Duration.ofSeconds(60))).isTrue();
    }

    @Test
    @Regression(17)
    void scenario17BackupTakenUnderLoadOpensAndIsConsistent() throws Exception {
        Path target = directory.resolve("backups");
        Backups backups = store.backups(target);
        Map<Backup, Path> restored = new LinkedHashMap<>();
        for (int i = 0; i < BACKUPS; i++) {
            awaitVersions();
            long before = store.engine().snapshot().sequence();
            Future<?> meanwhile = callers.submit(disturbance(i));
            Backup made = WrittenStore.make(backups, false).backup();
            meanwhile.get();

            assertThat(made.to().sequence()).isGreaterThanOrEqualTo(before);
            Path copy = directory.resolve("restored" + i);
            new Restore(target, copy, new Restore.Options(null, false))
                    .run(new RestorePoint.Newest(), (activity, done, total) -> {});
            restored.put(made, copy);
        }
        isOver.set(true);
        for (Future<?> each : writing) {
            each.get();
        }

        assertThat(restored.keySet())
                .extracting(Backup::type)
                .contains(Backup.Type.FULL, Backup.Type.INCREMENTAL);
        for (Map.Entry<Backup, Path> each : restored.entrySet()) {
            requireSame(each.getValue(), each.getKey());
        }
    }

    /** What happens while a backup is made. */
    private Runnable disturbance(int round) {
        StorageEngine engine = store.engine();
        return switch (round) {
            case 2 -> () -> engine.erase(WrittenStore.key("1-3"), "officer");
            case 4 -> () -> engine.compact(Retention.NONE, (activity, done, total) -> {});
            case 6 -> engine::checkpoint;
            default -> () -> {};
        };
    }

    /** The copy tells the same transactions, but for what was erased after it was made. */
    private void requireSame(Path copy, Backup backup) throws InterruptedException {
        try (WrittenStore other = WrittenStore.open(copy)) {
            assertThat(other.engine().log().newest()).isEqualTo(backup.to());
            LogFollower original = store.engine().follow(0);
            LogFollower restored = other.engine().follow(0);
            for (long sequence = 1; sequence <= backup.to().sequence(); sequence++) {
                var expected = original.nextCommit(Duration.ZERO);
                var actual = restored.nextCommit(Duration.ZERO);
                assertThat(actual).isNotNull();
                assertThat(expected).isNotNull();
                assertThat(actual.sequence()).isEqualTo(sequence).isEqualTo(expected.sequence());
                boolean isErased =
                        expected.changes().stream().anyMatch(change -> change.isErased());
                if (!isErased) {
                    assertThat(actual).isEqualTo(expected);
                }
            }
            assertThat(restored.nextCommit(Duration.ZERO)).isNull();
        }
    }
}
