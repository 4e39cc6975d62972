package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;
import io.entitydb.storage.io.SimulatedDisk;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens a store that was repaired with losses and compares it with the oracle: what it holds is
 * what was there, and what it does not hold was given up.
 */
final class RepairCheck {

    private static final EntityKey PROBE = new EntityKey("default", "probe");

    private final Oracle oracle;
    private final Map<Long, Commit> kept = new LinkedHashMap<>();
    private final Set<Long> lost = new HashSet<>();

    RepairCheck(Oracle oracle) {
        this.oracle = oracle;
    }

    /** Transactions that the store holds, by sequence. */
    Map<Long, Commit> kept() {
        return Map.copyOf(kept);
    }

    /** Transactions that the store knows to be lost. */
    Set<Long> lost() {
        return Set.copyOf(lost);
    }

    /** Opens the store twice; the second time with a transaction more. */
    RepairCheck all(SimulatedDisk disk) {
        return DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    compare(disk, crew, oracle.size());
                    compare(disk, crew, oracle.size() + 1L);
                    return this;
                });
    }

    private void compare(SimulatedDisk disk, Crew crew, long sequence) {
        kept.clear();
        lost.clear();
        try (StorageEngine engine =
                SmallStore.engine(disk, Duration.ofHours(1), StorageObserver.NONE, crew)) {
            engine.open();
            assertThat(engine.state()).isEqualTo(new StoreState.Ready());
            assertThat(engine.snapshot().sequence()).isEqualTo(sequence);
            readLog(engine);
            oracle.keys().forEach(key -> requireHistory(engine, key));
            requirePast(engine);
            long probes = sequence - oracle.size() > 0 ? 1 : 0;
            assertThat(engine.status().writer().entityCount()).isEqualTo(living() + probes);
            Transaction transaction = engine.begin("probe");
            transaction.save(PROBE, TextStore.draft("probe " + sequence));
            assertThat(transaction.commit()).isEqualTo(sequence + 1);
        }
    }

    private void readLog(StorageEngine engine) {
        LogFollower log = engine.follow(0);
        for (LogEntry entry = next(log); entry != null; entry = next(log)) {
            switch (entry) {
                case Commit commit -> {
                    if (commit.sequence() <= oracle.size()) {
                        requireCommit(commit);
                        kept.put(commit.sequence(), commit);
                    }
                }
                case Erasure erasure -> throw new AssertionError("erased: " + erasure);
                case Loss loss -> {
                    for (long at = loss.firstSequence(); at <= loss.sequence(); at++) {
                        lost.add(at);
                    }
                }
            }
        }
        assertThat(kept.size() + lost.size()).isEqualTo(oracle.size());
    }

    private static @Nullable LogEntry next(LogFollower log) {
        try {
            return log.next(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void requireCommit(Commit actual) {
        Commit expected = oracle.commit(Math.toIntExact(actual.sequence()));
        assertThat(actual.at()).isEqualTo(expected.at());
        assertThat(actual.digest()).isEqualTo(expected.digest());
        assertThat(expected.changes()).containsAll(actual.changes());
    }

    private List<Entity> versions(EntityKey key) {
        List<Entity> versions = new ArrayList<>();
        for (Commit commit : kept.values()) {
            commit.changes().stream()
                    .filter(entity -> entity.key().equals(key))
                    .forEach(versions::add);
        }
        return versions;
    }

    private long living() {
        return oracle.keys().stream()
                .map(this::versions)
                .filter(versions -> !versions.isEmpty() && !versions.getLast().isDeleted())
                .count();
    }

    private void requireHistory(StorageEngine engine, EntityKey key) {
        List<Entity> expected = versions(key);
        List<Entity> actual =
                engine.snapshot().history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT));
        assertThat(actual).isEqualTo(expected);
        for (int i = 0; i < expected.size(); i++) {
            Entity original = oracleVersion(expected.get(i));
            assertThat(actual.get(i).content().bytes()).isEqualTo(original.content().bytes());
        }
        assertThat(engine.snapshot().latest(key).stream().toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.getLast()));
    }

    private Entity oracleVersion(Entity version) {
        int sequence = Math.toIntExact(version.version().transaction());
        return oracle.commit(sequence).changes().stream()
                .filter(entity -> entity.key().equals(version.key()))
                .findFirst()
                .orElseThrow();
    }

    /** At each transaction that is kept, its entities are as it left them. */
    private void requirePast(StorageEngine engine) {
        for (Commit commit : kept.values()) {
            for (Entity change : commit.changes()) {
                assertThat(engine.snapshotAt(commit.sequence()).latest(change.key()))
                        .contains(change);
                assertThat(engine.snapshotAt(commit.at()).latest(change.key())).contains(change);
                assertThat(engine.snapshot().version(change.key(), change.version().number()))
                        .contains(change);
            }
        }
    }
}
