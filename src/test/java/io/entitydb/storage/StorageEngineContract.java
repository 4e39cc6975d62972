package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.io.Disk;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every storage engine promises, whatever the disk beneath it. */
abstract class StorageEngineContract {

    private static final EntityKey KEY = new EntityKey("default", "a");

    private Disk disk;
    private StorageEngine engine;

    /** A disk with an empty directory. */
    protected abstract Disk newDisk();

    @BeforeEach
    void openEngine() {
        disk = newDisk();
        engine = newEngine();
        engine.open();
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private StorageEngine newEngine() {
        return StorageEngine.over(disk, options(), StorageObserver.NONE);
    }

    static StorageOptions options() {
        return StorageOptions.defaults().toBuilder()
                .growthBytes(1 << 20)
                .checkpointBytes(64 << 20)
                .queueCapacity(1024)
                .batchBytes(1 << 20)
                .commitTimeout(Duration.ofSeconds(30))
                .idlePublish(Duration.ofMillis(20))
                .build();
    }

    private void reopen() {
        engine.close();
        engine = newEngine();
        engine.open();
    }

    private long save(EntityKey key, String text, String... tags) {
        Transaction transaction = engine.begin("tester");
        transaction.save(key, draft(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), tags));
        return transaction.commit();
    }

    private static EntityDraft draft(byte[] content, String... tags) {
        return new EntityDraft(
                Stream.of(tags).map(Tag::parse).collect(Collectors.toCollection(TreeSet::new)),
                Content.of("text/plain", content));
    }

    private static String text(Entity entity) {
        return new String(entity.content().bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Entity latest(EntityKey key) {
        return engine.snapshot().latest(key).orElseThrow();
    }

    @Test
    void savedEntityIsReadBackAndSurvivesReopening() {
        long sequence = save(KEY, "hello", "type:document", "status:new");

        Entity before = latest(KEY);
        reopen();
        Entity after = latest(KEY);

        assertThat(sequence).isEqualTo(1);
        assertThat(after).isEqualTo(before);
        assertThat(text(after)).isEqualTo("hello");
        assertThat(after.version().number()).isEqualTo(1);
        assertThat(after.tags())
                .containsOnlyKeys(Tag.parse("type:document"), Tag.parse("status:new"));
        assertThat(after.tags().values()).containsOnly(after.version().at());
    }

    @Test
    void unchangedContentAndTagsKeepTheirPlaceAndTime() {
        save(KEY, "same", "type:document");
        Timestamp asserted = latest(KEY).version().at();

        save(KEY, "same", "type:document", "status:new");
        reopen();

        Entity entity = latest(KEY);
        assertThat(text(entity)).isEqualTo("same");
        assertThat(entity.tags()).containsEntry(Tag.parse("type:document"), asserted);
        assertThat(entity.tags()).containsEntry(Tag.parse("status:new"), entity.version().at());
        assertThat(entity.createdAt()).isEqualTo(asserted);
    }

    @Test
    void everyVersionOfALongHistoryIsReachable() {
        for (int i = 1; i <= 300; i++) {
            save(KEY, "v" + i);
        }

        reopen();

        Snapshot snapshot = engine.snapshot();
        for (int i = 1; i <= 300; i++) {
            Entity version = snapshot.version(KEY, i).orElseThrow();
            assertThat(text(version)).isEqualTo("v" + i);
            assertThat(snapshot.asOf(KEY, version.version().at())).contains(version);
            assertThat(engine.snapshotAt(i).latest(KEY)).contains(version);
            assertThat(engine.snapshotAt(version.version().at()).latest(KEY)).contains(version);
        }
        assertThat(snapshot.version(KEY, 301)).isEmpty();
        assertThat(snapshot.history(KEY, HistoryRange.newest(3)))
                .extracting(e -> e.version().number())
                .containsExactly(300L, 299L, 298L);
        assertThat(snapshot.history(KEY, new HistoryRange(299, true, 3)))
                .extracting(e -> e.version().number())
                .containsExactly(299L, 300L);
        assertThat(snapshot.history(KEY, new HistoryRange(2, false, 5)))
                .extracting(e -> e.version().number())
                .containsExactly(2L, 1L);
    }

    @Test
    void deletedEntityLeavesATombstoneAndComesBackByRestore() {
        save(KEY, "alive", "type:document");
        Entity alive = latest(KEY);

        Transaction delete = engine.begin("tester");
        assertThat(delete.delete(KEY)).isEqualTo(2);
        delete.commit();
        assertThat(latest(KEY).isDeleted()).isTrue();
        assertThat(engine.status().writer().entityCount()).isZero();
        Transaction restore = engine.begin("tester");
        assertThat(restore.restore(KEY)).isEqualTo(3);
        restore.commit();
        reopen();

        Entity restored = latest(KEY);
        assertThat(restored.version().kind()).isEqualTo(ChangeKind.RESTORE);
        assertThat(text(restored)).isEqualTo("alive");
        assertThat(restored.tags()).isEqualTo(alive.tags());
        assertThat(restored.createdAt()).isEqualTo(alive.createdAt());
        assertThat(engine.status().writer().entityCount()).isEqualTo(1);
    }

    @Test
    void contentsOfAllSizesAreByteEqual() {
        Random random = new Random(7);
        int[] sizes = {0, 1, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, (4 << 20) + 1};
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            EntityKey key = new EntityKey("default", "size-" + size);
            Transaction transaction = engine.begin("tester");
            transaction.save(key, draft(bytes));
            transaction.commit();

            assertThat(latest(key).content().bytes()).isEqualTo(bytes);
            Transaction again = engine.begin("tester");
            again.save(key, draft(bytes, "touched:yes"));
            again.commit();
            assertThat(Arrays.equals(latest(key).content().bytes(), bytes)).isTrue();
        }
        reopen();
        for (int size : sizes) {
            Entity entity = latest(new EntityKey("default", "size-" + size));
            assertThat(Content.of("text/plain", entity.content().bytes()))
                    .isEqualTo(entity.content());
        }
    }

    @Test
    void firstCommitterWins() {
        save(KEY, "base");
        Transaction first = engine.begin("tester");
        Transaction second = engine.begin("tester");
        first.save(KEY, draft(new byte[] {1}));
        second.save(KEY, draft(new byte[] {2}));

        first.commit();

        assertThatThrownBy(second::commit).isInstanceOf(VersionConflictException.class);
        assertThat(latest(KEY).content().bytes()).containsExactly(1);
    }

    @Test
    void expectationGuardsWhatWasOnlyRead() {
        EntityKey other = new EntityKey("default", "b");
        save(KEY, "guard");
        Transaction writer = engine.begin("tester");
        writer.expect(KEY, 1);
        writer.save(other, draft(new byte[] {1}));

        save(KEY, "changed");

        assertThatThrownBy(writer::commit).isInstanceOf(VersionConflictException.class);
        assertThat(engine.snapshot().latest(other)).isEmpty();
    }

    @Test
    void followerSeesEveryTransactionOnceInOrder() throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            save(new EntityKey("default", "k" + i % 7), "n" + i);
        }

        LogFollower all = engine.follow(0);
        LogFollower late = engine.follow(590);

        List<Long> seen = new ArrayList<>();
        for (Commit next = all.nextCommit(Duration.ZERO);
                next != null;
                next = all.nextCommit(Duration.ZERO)) {
            seen.add(next.sequence());
            assertThat(text(next.changes().getFirst())).isEqualTo("n" + (next.sequence() - 1));
        }
        assertThat(seen).hasSize(600).isSorted();
        assertThat(late.nextCommit(Duration.ZERO))
                .isNotNull()
                .extracting(Commit::sequence)
                .isEqualTo(591L);
    }

    @Test
    void checkpointMakesTheNextOpeningReplayOnlyWhatCameAfter() {
        for (int i = 0; i < 500; i++) {
            save(new EntityKey("default", "k" + i), "n" + i);
        }
        engine.checkpoint();
        save(KEY, "after");

        reopen();

        for (int i = 0; i < 500; i++) {
            assertThat(text(latest(new EntityKey("default", "k" + i)))).isEqualTo("n" + i);
        }
        assertThat(text(latest(KEY))).isEqualTo("after");
        RecoveryReport report = engine.status().recovery();
        assertThat(report).isNotNull();
        assertThat(report.isIndexRebuilt()).isFalse();
        assertThat(report.outcome()).isEqualTo(RecoveryReport.Outcome.CLEAN);
        assertThat(engine.status().writer().entityCount()).isEqualTo(501);
    }

    @Test
    void lostIndexImageIsRebuiltFromTheLog() {
        for (int i = 0; i < 500; i++) {
            save(new EntityKey("default", "k" + i % 100), "n" + i);
        }
        engine.close();
        disk.delete("entities.idx");
        engine = newEngine();
        engine.open();

        for (int i = 400; i < 500; i++) {
            assertThat(text(latest(new EntityKey("default", "k" + i % 100)))).isEqualTo("n" + i);
        }
        assertThat(engine.status().writer().entityCount()).isEqualTo(100);
    }

    @Test
    void futureInstantIsRefused() {
        assertThatThrownBy(() -> engine.snapshotAt(new Timestamp(Long.MAX_VALUE - 1)))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void closedEngineRefuses() {
        engine.close();

        assertThatThrownBy(() -> engine.snapshot()).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> engine.begin("tester")).isInstanceOf(StorageClosedException.class);
    }
}
