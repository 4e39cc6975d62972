package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;
import static io.entitydb.search.SearchFixture.active;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.regression.Regression;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedDisk;

import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Search over the real engine. */
class LogEngineSearchTests {

    @TempDir Path data;

    private final Set<EntityKey> keys = new HashSet<>();

    private static StorageEngine engine(Disk disk) {
        return StorageEngine.over(disk, StorageOptions.defaults(), StorageObserver.NONE);
    }

    /** Between the queries the store is closed and opened, and killed and recovered. */
    @Test
    void answersLikeALookAtEveryEntityThroughRestarts() {
        long seed = System.nanoTime();
        System.out.println("seed of queries through restarts: " + seed);
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(random);
        SimulatedDisk disk = new SimulatedDisk(seed);
        DirectorySource files = SearchFixture.inMemory();
        for (int start = 0; start < 6; start++) {
            StorageEngine engine = engine(disk);
            engine.open();
            SearchFixture fixture = new SearchFixture(engine, files, NEVER);
            for (int i = 0; i < 25; i++) {
                ask(engine, fixture, history, random);
                if (random.nextInt(10) == 0) {
                    engine.close();
                    engine.open();
                }
            }
            boolean isKilled = random.nextBoolean();
            SimulatedDisk left = isKilled ? disk.snapshotOfCache() : disk;
            fixture.close();
            engine.close();
            disk = left;
        }
        assertThat(keys).hasSizeGreaterThan(50);
    }

    private void ask(
            StorageEngine engine, SearchFixture fixture, RandomHistory history, Random random) {
        commit(engine, history, 1 + random.nextInt(5));
        EntityQuery query = history.query();
        List<Entity> found = new ArrayList<>();
        @Nullable String cursor = null;
        long snapshot;
        do {
            Page<Entity> page =
                    fixture.search.search(
                            query, new PageRequest(1 + random.nextInt(6), cursor, false));
            snapshot = page.snapshot();
            found.addAll(page.items());
            cursor = page.next();
            commit(engine, history, random.nextInt(3));
        } while (cursor != null);

        Snapshot state = engine.snapshotAt(snapshot);
        List<Entity> all = keys.stream().flatMap(key -> state.latest(key).stream()).toList();
        assertThat(found).as("%s", query).containsExactlyElementsOf(NaiveSearch.search(query, all));
    }

    private void commit(StorageEngine engine, RandomHistory history, int count) {
        for (int i = 0; i < count; i++) {
            MemoryEngine.Changes changes = history.changes(engine.snapshot());
            keys.addAll(changes.keys());
            changes.commitTo(engine);
        }
    }

    /** By get, list, tag, history, time and log. Of logins there is nothing to read yet. */
    @Test
    @Regression(9)
    void scenario09EveryPathShowsAWriteAtOnce() throws InterruptedException {
        StorageEngine engine = engine(new SimulatedDisk(9));
        engine.open();
        LogFollower log = engine.follow(0);
        try (SearchFixture fixture = SearchFixture.inMemory(engine)) {
            for (int i = 0; i < 300; i++) {
                EntityKey key = SearchFixture.key("entity-" + i % 10);
                Tag tag = new Tag("step", "n" + i);
                long written = put(key.id(), tag.toString()).commitTo(engine);

                Entity entity = engine.snapshot().latest(key).orElseThrow();
                assertThat(entity.version().transaction()).isEqualTo(written);
                assertThat(entity.tags()).containsOnlyKeys(tag);
                assertThat(engine.snapshot().history(key, HistoryRange.newest(1)))
                        .containsExactly(entity);
                assertThat(engine.snapshotAt(entity.version().at()).latest(key)).contains(entity);
                assertThat(SearchFixture.all(fixture.search, SearchFixture.everything(), 100))
                        .contains(entity)
                        .hasSize(Math.min(i + 1, 10));
                EntityQuery tagged = active(new Condition.HasTag(tag));
                assertThat(SearchFixture.all(fixture.search, tagged, 5)).containsExactly(entity);
                assertThat(log.nextCommit(Duration.ZERO))
                        .isNotNull()
                        .extracting(Commit::changes)
                        .isEqualTo(List.of(entity));
            }
        } finally {
            engine.close();
        }
    }

    @Test
    void everyAnswerShowsTheCommitJustBeforeOnRealFiles() throws Exception {
        StorageEngine engine = engine(new OsDisk(data));
        engine.open();
        try (SearchFixture fixture =
                        new SearchFixture(
                                engine, () -> FSDirectory.open(data.resolve("query")), NEVER);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> seen =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    client ->
                                            CompletableFuture.supplyAsync(
                                                    () -> seen(engine, fixture, client), clients))
                            .toList();

            for (CompletableFuture<Integer> each : seen) {
                assertThat(each.get()).isEqualTo(150);
            }
        } finally {
            engine.close();
        }
    }

    private static int seen(StorageEngine engine, SearchFixture fixture, int client) {
        int seen = 0;
        for (int i = 0; i < 150; i++) {
            Tag tag = new Tag("step", client + "-" + i);
            long written = put("entity-" + client + "-" + i % 10, tag.toString()).commitTo(engine);
            List<Entity> items =
                    fixture.search.search(active(new Condition.HasTag(tag)), first(2)).items();
            boolean isSeen =
                    items.size() == 1 && items.getFirst().version().transaction() == written;
            seen += isSeen ? 1 : 0;
        }
        return seen;
    }
}
