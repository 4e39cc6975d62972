package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.regression.Regression;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Scenarios that end in a restart: all that was acknowledged is there, and it is the same. */
class RestartScenariosTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofMillis(5));
    private static final HistoryRange ALL = HistoryRange.oldest(HistoryRange.MAX_LIMIT);
    private static final int CREATES_PER_THREAD = 20;
    private static final int OPERATIONS = 3_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir private Path directory;

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Regression(1)
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1_000})
    void scenario01SequentialCreatesAreThereAfterACleanStop(int count) {
        OsDisk disk = new OsDisk(directory);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 0; i < count; i++) {
                assertThat(store.save("id " + i, "text " + i)).isEqualTo(i + 1);
            }
        }

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                assertThat(store.engine().snapshot().sequence()).isEqualTo(count);
                for (int i = 0; i < count; i++) {
                    assertThat(store.text("id " + i)).isEqualTo("text " + i);
                }
                assertThat(store.text("id " + count)).isNull();
            }
        }
    }

    @Regression(2)
    @ParameterizedTest
    @ValueSource(ints = {16, 64})
    void scenario02NoIdCarriesTheContentOfAnotherWhenManyCreateBesideCheckpoints(int writers)
            throws Exception {
        OsDisk disk = new OsDisk(directory);
        AtomicBoolean isOver = new AtomicBoolean();
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            Future<Integer> checkpoints = threads.submit(() -> checkpointUntil(isOver, store));
            List<Callable<Integer>> creating = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                creating.add(() -> create(store, number));
            }
            for (Future<Integer> each : threads.invokeAll(creating)) {
                assertThat(each.get()).isEqualTo(CREATES_PER_THREAD);
            }
            isOver.set(true);
            assertThat(checkpoints.get()).isPositive();
            requireCreated(store, writers);
        }

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            requireCreated(store, writers);
        }
    }

    private static int create(TextStore store, int writer) {
        for (int i = 0; i < CREATES_PER_THREAD; i++) {
            String id = writer + "-" + i;
            store.save(id, "of " + id);
            assertThat(store.text(id)).isEqualTo("of " + id);
        }
        return CREATES_PER_THREAD;
    }

    private static void requireCreated(TextStore store, int writers) {
        assertThat(store.engine().status().writer().entityCount())
                .isEqualTo((long) writers * CREATES_PER_THREAD);
        for (int writer = 0; writer < writers; writer++) {
            for (int i = 0; i < CREATES_PER_THREAD; i++) {
                String id = writer + "-" + i;
                assertThat(store.text(id)).isEqualTo("of " + id);
            }
        }
    }

    private static int checkpointUntil(AtomicBoolean isOver, TextStore store) {
        int checkpoints = 0;
        while (!isOver.get()) {
            store.engine().checkpoint();
            checkpoints++;
        }
        return checkpoints;
    }

    @Test
    @Regression(3)
    void scenario03NoHeaderFieldIsEverZeroOrMixedWhileCheckpointsRaceWithWriters()
            throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        SimulatedDisk disk = new SimulatedDisk(3);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("first", "so that there is a transaction");
            store.engine().checkpoint();
            List<Future<Map<Long, Header>>> watching = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                watching.add(threads.submit(() -> watch(isOver, store)));
            }
            Future<Integer> checkpoints = threads.submit(() -> checkpointUntil(isOver, store));
            for (int i = 0; i < 2_000; i++) {
                store.save("id " + i % 50, "text " + i);
            }
            isOver.set(true);

            assertThat(checkpoints.get()).isPositive();
            Map<Long, Commit> log = log(store.engine());
            for (Future<Map<Long, Header>> each : watching) {
                each.get()
                        .forEach(
                                (sequence, header) ->
                                        requireTrue(
                                                header, Objects.requireNonNull(log.get(sequence))));
            }
        }
    }

    private static Map<Long, Header> watch(AtomicBoolean isOver, TextStore store) {
        Map<Long, Header> seen = new HashMap<>();
        while (!isOver.get()) {
            Header header = Objects.requireNonNull(store.engine().status().header());
            seen.put(header.walSequence(), header);
            assertThat(header.walOffset())
                    .isBetween(Header.DATA_OFFSET, header.dataEnd())
                    .isPositive();
            assertThat(header.tagDictOffset()).isBetween(Header.DATA_OFFSET, header.dataEnd());
            assertThat(header.tagDictSize()).isPositive();
            assertThat(header.dataEnd()).isLessThanOrEqualTo(header.fileSize());
            assertThat(header.checkpointSequence()).isBetween(1L, header.walSequence());
            assertThat(header.entityCount()).isBetween(1L, 51L);
        }
        return seen;
    }

    /** All that a header says of its newest transaction is true of that one. */
    private static void requireTrue(Header header, Commit commit) {
        assertThat(header.lastDigest()).isEqualTo(commit.digest());
        assertThat(header.lastModified()).isEqualTo(commit.at().epochNanos());
    }

    private static Map<Long, Commit> log(StorageEngine engine) throws InterruptedException {
        Map<Long, Commit> log = new HashMap<>();
        LogFollower follower = engine.follow(0);
        for (Commit next = follower.nextCommit(Duration.ZERO);
                next != null;
                next = follower.nextCommit(Duration.ZERO)) {
            log.put(next.sequence(), next);
        }
        return log;
    }

    @Test
    @Regression(5)
    void scenario05ThousandsOfOperationsAcrossCheckpointsSurviveACrash() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        Map<String, String> expected = new HashMap<>();
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            for (int i = 0; i < OPERATIONS; i++) {
                String id = "id " + random.nextInt(300);
                store.save(id, "text " + i);
                expected.put(id, "text " + i);
                if (i % 700 == 699) {
                    store.engine().checkpoint();
                }
            }
            disk.crashStates(new CrashPlan(seed, 25))
                    .forEach(
                            state -> {
                                try (TextStore crashed = TextStore.open(state, OPTIONS)) {
                                    assertThat(crashed.engine().snapshot().sequence())
                                            .as("seed %d", seed)
                                            .isEqualTo(OPERATIONS);
                                    expected.forEach(
                                            (id, text) ->
                                                    assertThat(crashed.text(id)).isEqualTo(text));
                                }
                            });
        }
    }

    @Test
    @Regression(6)
    void scenario06ReplayingTwiceAfterACheckpointWithDeletesGivesTheSame() {
        List<String> ids =
                List.of(
                        "a:b",
                        "a/b",
                        "/",
                        ":",
                        "a/../b",
                        "%2F",
                        " ",
                        "ключ",
                        "😀",
                        "e\u0301",
                        "é",
                        "\uE000",
                        "\uD800\uDC00",
                        "a".repeat(255));
        SimulatedDisk disk = new SimulatedDisk(6);
        Map<EntityKey, List<Entity>> before;
        SimulatedDisk killed;
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofHours(1)))) {
            ids.forEach(id -> store.save(id, "first of " + id));
            ids.subList(0, 5).forEach(id -> delete(store, id));
            store.engine().checkpoint();
            ids.subList(3, 9).forEach(id -> store.save(id, "second of " + id));
            ids.subList(7, 12).forEach(id -> delete(store, id));
            before = histories(store, ids);
            killed = disk.snapshotOfCache();
        }

        for (int opening = 0; opening < 3; opening++) {
            SimulatedDisk next;
            try (TextStore store =
                    TextStore.open(killed, SmallStore.options(Duration.ofHours(1)))) {
                assertThat(store.engine().status().recovery())
                        .isNotNull()
                        .extracting(RecoveryReport::replayedTransactions)
                        .isEqualTo(11L);
                assertThat(histories(store, ids)).isEqualTo(before);
                next = killed.snapshotOfCache();
            }
            killed = next;
        }
    }

    private static void delete(TextStore store, String id) {
        Transaction transaction = store.engine().begin("tester");
        transaction.delete(TextStore.key(id));
        transaction.commit();
    }

    private static Map<EntityKey, List<Entity>> histories(TextStore store, List<String> ids) {
        Map<EntityKey, List<Entity>> histories = new LinkedHashMap<>();
        for (String id : ids) {
            EntityKey key = TextStore.key(id);
            histories.put(key, store.engine().snapshot().history(key, ALL));
        }
        return histories;
    }

    /**
     * Updates, tags, deletion, restoring and several datasets. Erased entities have a test of their
     * own; passwords and settings are kept as entities and have no other way to be stored.
     */
    @Test
    @Regression(8)
    void scenario08EveryKindOfChangeSurvivesAndAnIdleRestartChangesNothing() {
        SimulatedDisk disk = new SimulatedDisk(8);
        EntityKey one = new EntityKey("default", "one");
        EntityKey other = new EntityKey("other", "one");
        List<Entity> first;
        List<Entity> second;
        Digest digest;
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            change(store, tx -> tx.save(one, draft("created", "type:note")));
            change(store, tx -> tx.save(one, draft("updated", "type:note")));
            change(store, tx -> tx.save(one, draft("updated", "type:note", "state:done")));
            change(store, tx -> tx.save(other, draft("in another dataset")));
            change(store, tx -> tx.delete(one));
            change(store, tx -> tx.restore(one));
            first = store.engine().snapshot().history(one, ALL);
            second = store.engine().snapshot().history(other, ALL);
            digest = lastDigest(store);
        }

        byte[] bytes = disk.contents(StoreFiles.DATA);
        for (int opening = 0; opening < 3; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                Snapshot snapshot = store.engine().snapshot();
                assertThat(snapshot.sequence()).isEqualTo(6);
                assertThat(snapshot.history(one, ALL)).isEqualTo(first);
                assertThat(snapshot.history(other, ALL)).isEqualTo(second);
                assertThat(lastDigest(store)).isEqualTo(digest);
                for (Entity version : first) {
                    Timestamp at = version.version().at();
                    assertThat(store.engine().snapshotAt(at).latest(one)).contains(version);
                }
            }
            assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(bytes);
        }
    }

    private interface Step {
        long in(Transaction transaction);
    }

    private static void change(TextStore store, Step step) {
        Transaction transaction = store.engine().begin("tester");
        step.in(transaction);
        transaction.commit();
    }

    private static Digest lastDigest(TextStore store) {
        long newest = store.engine().snapshot().sequence();
        try {
            Commit last = store.engine().follow(newest - 1).nextCommit(Duration.ofSeconds(30));
            return Objects.requireNonNull(last).digest();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static EntityDraft draft(String text, String... tags) {
        return EntityDraft.of(
                Set.copyOf(List.of(tags).stream().map(Tag::parse).toList()),
                Content.of("text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
