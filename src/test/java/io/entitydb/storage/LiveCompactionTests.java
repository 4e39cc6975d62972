package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Commit;
import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that is compacted while it goes on: nothing is lost, and what is to go is gone. */
class LiveCompactionTests {

    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofMillis(1)).toBuilder()
                    .reopenDelay(Duration.ofMillis(1))
                    .build();

    private final SimulatedDisk disk = new SimulatedDisk(77);

    private static CompactionReport compact(TextStore store, Retention retention) {
        RetentionPlan plan = store.engine().plan(retention, (activity, done, total) -> {});
        CompactionReport report = store.engine().compact(plan, (activity, done, total) -> {});
        assertThat(report.retiredVersions()).isEqualTo(plan.versions());
        return report;
    }

    private static Retention keeping(long versions) {
        return new Retention(Map.of("default", new Retention.Rule(versions, null)));
    }

    private static List<String> texts(TextStore store, String id) {
        return store
                .engine()
                .snapshot()
                .history(TextStore.key(id), HistoryRange.oldest(1000))
                .stream()
                .map(LiveCompactionTests::text)
                .toList();
    }

    private static String text(Entity entity) {
        return new String(entity.content().bytes(), StandardCharsets.UTF_8);
    }

    private boolean fileHolds(String text) {
        String all = new String(disk.contents(StoreFiles.DATA), StandardCharsets.ISO_8859_1);
        return all.contains(text);
    }

    @Test
    void historyIsTheSameBeforeAndAfterTheNextOpening() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 1; i <= 50; i++) {
                store.save("a", "text " + i);
                store.save("b" + i, new byte[100_000]);
            }
            Snapshot held = store.engine().snapshot();
            compact(store, Retention.NONE);

            assertThat(texts(store, "a")).hasSize(50).first().isEqualTo("text 1");
            assertThat(held.latest(TextStore.key("a")).map(LiveCompactionTests::text))
                    .contains("text 50");
            assertThat(store.save("a", "text 51")).isEqualTo(101);
        }
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.engine().status().recovery())
                    .extracting(RecoveryReport::outcome)
                    .isEqualTo(RecoveryReport.Outcome.CLEAN);
            assertThat(texts(store, "a")).hasSize(51).last().isEqualTo("text 51");
        }
    }

    @Test
    void retiredVersionsAreGoneFromTheFileAndFromReads() {
        EntityKey key = TextStore.key("a");
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 1; i <= 10; i++) {
                store.save("a", "secret number " + i + ".");
            }
            store.save("other", "kept");
            assertThat(fileHolds("secret number 7.")).isTrue();

            CompactionReport report = compact(store, keeping(3));

            assertThat(report.retiredVersions()).isEqualTo(7);
            assertThat(report.newBytes()).isLessThan(report.oldBytes());
            assertThat(fileHolds("secret number 7.")).isFalse();
            assertThat(fileHolds("secret number 8.")).isTrue();
            assertThat(texts(store, "a"))
                    .containsExactly("secret number 8.", "secret number 9.", "secret number 10.");
            assertThat(store.engine().snapshot().history(key, new HistoryRange(2, true, 2)))
                    .extracting(entity -> entity.version().number())
                    .containsExactly(8L, 9L);
            assertThat(store.engine().snapshot().history(key, new HistoryRange(7, false, 2)))
                    .isEmpty();
            for (long number = 1; number <= 7; number++) {
                long asked = number;
                assertThatThrownBy(() -> store.engine().snapshot().version(key, asked))
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining("begins with version 8");
            }
            assertThatThrownBy(() -> store.engine().snapshotAt(7).latest(key))
                    .isInstanceOf(NotFoundException.class);
            assertThat(store.engine().snapshotAt(8).latest(key).map(LiveCompactionTests::text))
                    .contains("secret number 8.");
            assertThat(store.engine().snapshot().latest(TextStore.key("never"))).isEmpty();
        }
        assertThat(
                        new Verification(new StorePlace(disk, StoreFiles.DATA))
                                .run((activity, done, total) -> {})
                                .findings())
                .isEmpty();
    }

    @Test
    void deletedEntityStaysDeletedAndCannotBeRestoredWithoutItsPast() {
        EntityKey key = TextStore.key("a");
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "before the end");
            Transaction deletion = store.engine().begin("tester");
            deletion.delete(key);
            deletion.commit();
            compact(store, keeping(1));

            assertThat(fileHolds("before the end")).isFalse();
            assertThat(store.engine().snapshot().latest(key)).get().matches(Entity::isDeleted);
            Transaction restoring = store.engine().begin("tester");
            assertThatThrownBy(() -> restoring.restore(key)).isInstanceOf(NotFoundException.class);
            store.save("a", "again");
            assertThat(store.engine().snapshot().latest(key))
                    .get()
                    .extracting(entity -> entity.version().number())
                    .isEqualTo(3L);
        }
    }

    @Test
    void ageCountsFromWhenAVersionWasReplaced() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 1; i <= 3; i++) {
                store.save("a", "text " + i);
            }
            Retention rules =
                    new Retention(Map.of("default", new Retention.Rule(0, Duration.ofDays(1))));
            assertThat(compact(store, rules).retiredVersions()).isZero();
            Retention atOnce =
                    new Retention(Map.of("default", new Retention.Rule(0, Duration.ZERO)));
            assertThat(compact(store, atOnce).retiredVersions()).isEqualTo(2);
            assertThat(texts(store, "a")).containsExactly("text 3");
        }
    }

    @Test
    void transactionThatBeganBeforeIsRefusedWithAConflict() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "first");
            Transaction early = store.engine().begin("tester");
            early.save(TextStore.key("a"), TextStore.draft("early"));
            compact(store, Retention.NONE);

            assertThatThrownBy(early::commit).isInstanceOf(VersionConflictException.class);
            assertThat(store.text("a")).isEqualTo("first");
        }
    }

    @Test
    void followerThatBeginsAgainMissesNothing() throws InterruptedException {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 1; i <= 9; i++) {
                store.save("a", "text " + i);
            }
            compact(store, keeping(2));
            store.save("a", "text 10");

            LogFollower follower = store.engine().follow(0);
            List<Long> sequences = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            LogEntry entry = follower.next(Duration.ZERO);
            while (entry != null) {
                Commit commit = (Commit) entry;
                sequences.add(commit.sequence());
                commit.changes().forEach(entity -> seen.add(text(entity)));
                entry = follower.next(Duration.ZERO);
            }
            assertThat(sequences).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(seen).containsExactly("text 8", "text 9", "text 10");
        }
    }

    @Test
    void erasuresBeforeAndAfterStayErasures() {
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "to be erased first.");
            store.save("b", "to be erased later.");
            store.engine().erase(TextStore.key("a"), "tester");
            compact(store, Retention.NONE);
            store.engine().erase(TextStore.key("b"), "tester");

            assertThat(fileHolds("to be erased")).isFalse();
            assertThat(store.engine().snapshot().latest(TextStore.key("a")))
                    .get()
                    .matches(Entity::isErased);
            assertThat(store.engine().snapshot().latest(TextStore.key("b")))
                    .get()
                    .matches(Entity::isErased);
        }
    }

    /**
     * Writers count on, readers look at the past, erasures run, and compactions follow each other.
     */
    @Test
    void nothingIsLostWhileWritersGoOn() throws Exception {
        int writers = 4;
        AtomicBoolean isEnding = new AtomicBoolean();
        Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newCachedThreadPool();
                TextStore store = TextStore.open(disk, OPTIONS)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String id = "writer-" + writer;
                running.add(threads.submit(() -> count(store, id, isEnding, acknowledged)));
            }
            for (int i = 0; i < 10; i++) {
                store.save("erased-" + i, "to be erased");
                Future<ErasedEntity> erasure = threads.submit(erasing(store, "erased-" + i));
                Future<?> checkpoint = threads.submit(() -> store.engine().checkpoint());
                compact(store, Retention.NONE);
                erasure.get();
                checkpoint.get();
            }
            isEnding.set(true);
            for (Future<Integer> writer : running) {
                assertThat(writer.get()).isPositive();
            }
            requireCounted(store, acknowledged);
            assertThat(fileHolds("to be erased")).isFalse();
        }
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(acknowledged).hasSize(writers);
            requireCounted(store, acknowledged);
        }
    }

    private static java.util.concurrent.Callable<ErasedEntity> erasing(TextStore store, String id) {
        return () -> store.engine().erase(TextStore.key(id), "tester");
    }

    private static int count(
            TextStore store, String id, AtomicBoolean isEnding, Map<String, Integer> acknowledged) {
        int next = 1;
        while (!isEnding.get() || next == 1) {
            try {
                store.save(id, "text " + next);
                acknowledged.put(id, next);
                next++;
            } catch (VersionConflictException e) {
                assertThat(e).hasMessageContaining("replaced");
            }
        }
        return next - 1;
    }

    private static void requireCounted(TextStore store, Map<String, Integer> acknowledged) {
        acknowledged.forEach(
                (id, last) -> {
                    assertThat(store.text(id)).isEqualTo("text " + last);
                    assertThat(
                                    store.engine()
                                            .snapshot()
                                            .latest(TextStore.key(id))
                                            .orElseThrow()
                                            .version()
                                            .number())
                            .isEqualTo(last.longValue());
                });
    }
}
