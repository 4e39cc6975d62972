package io.entitydb.search;

import static io.entitydb.search.SearchFixture.NEVER;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.query.EntityQuery;
import io.entitydb.storage.Snapshot;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.RepairPlan;
import io.entitydb.storage.repair.VerificationReport;

import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Lists of a store that was repaired with a loss show the state that its history has left. */
class AcceptedLossSearchTests extends IndexedStore {

    private static final int FIRST_FRAME = 8192;
    private static final int LOSSES = 6;

    private final Set<EntityKey> keys = new HashSet<>();

    private void play(long seed) {
        RandomHistory history = new RandomHistory(new Random(seed));
        use(
                data(),
                engine -> {
                    for (int i = 0; i < 120; i++) {
                        MemoryEngine.Changes changes = history.changes(engine.snapshot());
                        changes.commitTo(engine);
                        keys.addAll(changes.keys());
                    }
                });
    }

    private RepairPlan damageAndRepair(Random random) throws IOException {
        Path file = data().resolve("entities.edb");
        long end;
        try (StorageEngine engine = open(data())) {
            end = Objects.requireNonNull(engine.status().header()).dataEnd();
        }
        byte[] bytes = Files.readAllBytes(file);
        int at = FIRST_FRAME + random.nextInt((int) end - FIRST_FRAME);
        for (int i = 0; i < 1 + random.nextInt(800) && at + i < end; i++) {
            bytes[at + i] ^= (byte) (1 + random.nextInt(255));
        }
        Files.write(file, bytes);
        Repair repair =
                new Repair(new OsDisk(data()), List.of(), new Repair.Options(1 << 16, "operator"));
        return repair.run(true, (activity, done, total) -> {}).plan();
    }

    private void assertAnswers(StorageEngine engine, SearchFixture fixture) {
        Snapshot state = engine.snapshot();
        List<Entity> left = keys.stream().flatMap(key -> state.latest(key).stream()).toList();
        for (String dataset : List.of("d", "d-2", "dd")) {
            EntityQuery all =
                    new EntityQuery(
                            dataset,
                            SearchFixture.everything().where(),
                            EntityQuery.States.ANY,
                            List.of());
            assertThat(SearchFixture.all(fixture.search, all, 100))
                    .containsExactlyElementsOf(NaiveSearch.search(all, left));
        }
    }

    @Test
    void indexIsBuiltAnewOverTheLossAndFollowsWhatComesAfterIt() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed of accepted losses: " + seed);
        Random random = new Random(seed);
        play(seed);
        Path sound = directory.resolve("sound");
        FileSystemUtils.copyRecursively(data(), sound);
        int losses = 0;
        for (int i = 0; losses < LOSSES; i++) {
            assertThat(i).as("damage that costs nothing, seed %d", seed).isLessThan(10 * LOSSES);
            FileSystemUtils.deleteRecursively(data());
            FileSystemUtils.copyRecursively(sound, data());
            RepairPlan plan = damageAndRepair(random);
            losses += plan.hasLoss() ? 1 : 0;
            RandomHistory history = new RandomHistory(random);
            try (StorageEngine engine = open(data());
                    SearchFixture fixture =
                            new SearchFixture(engine, () -> FSDirectory.open(index()), NEVER)) {
                assertAnswers(engine, fixture);
                for (int more = 0; more < 10; more++) {
                    MemoryEngine.Changes changes = history.changes(engine.snapshot());
                    changes.commitTo(engine);
                    keys.addAll(changes.keys());
                }
                assertAnswers(engine, fixture);
            }

            VerificationReport report = verify();

            assertThat(report.findings())
                    .as("seed %d", seed)
                    .noneMatch(Finding::isDamage)
                    .noneMatch(finding -> finding.file().startsWith("query"));
            assertThat(report.skipped()).as("seed %d", seed).isEmpty();
        }
    }
}
