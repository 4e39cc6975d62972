package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.Replacement;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Opens a disk that a crash left and compares the store with the oracle.
 *
 * @param oracle all transactions of the timeline that crashed, and perhaps later ones
 * @param acknowledged transactions that must be there
 * @param submitted transactions that may be there
 * @param isCheckpointed whether a checkpoint must be there
 */
record StateCheck(Oracle oracle, int acknowledged, int submitted, boolean isCheckpointed) {

    StateCheck(Oracle oracle, int acknowledged, int submitted) {
        this(oracle, acknowledged, submitted, false);
    }

    private static final EntityKey PROBE = new EntityKey("default", "probe");
    private static final EntityDraft PROBE_DRAFT =
            EntityDraft.of(Set.of(), Content.of("text/plain", new byte[] {1, 2, 3}));
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Set<String> FILES =
            Set.of("entities.edb", "entities.idx", "entities.lock");

    /**
     * Opens the store, compares all of it, commits one more transaction, closes it and looks for
     * what it left behind.
     *
     * @return how many transactions of the oracle the store held
     */
    int all(SimulatedDisk disk) {
        return inCrew(crew -> all(disk, crew));
    }

    private static <T> T inCrew(DeterministicCrew.CrewWork<T> work) {
        return DeterministicCrew.run(DeterministicCrew.latestFirst(), work);
    }

    private int all(SimulatedDisk disk, Crew crew) {
        int held;
        try (StorageEngine engine = open(disk, crew)) {
            held = compare(engine);
            commitProbe(engine, held);
        }
        requireNothingLeft(disk);
        return held;
    }

    /**
     * Verifies the store as it was left; opens it twice with a kill in between, then commits and
     * cuts the power, then closes it cleanly and opens it again: it must be the same every time,
     * and sound.
     */
    void repeated(SimulatedDisk disk) {
        inCrew(crew -> repeated(disk, crew));
    }

    private int repeated(SimulatedDisk disk, Crew crew) {
        int held;
        SimulatedDisk killed;
        SimulatedDisk cut;
        requireUndamaged(disk);
        try (StorageEngine engine = open(disk, crew)) {
            held = compare(engine);
            killed = disk.snapshotOfCache();
            commitProbe(engine, held);
            cut = worstCase(disk);
        }
        assertThat(new StateCheck(oracle, held, held).all(killed, crew)).isEqualTo(held);
        requireProbe(cut, held, crew);
        requireProbe(disk, held, crew);
        assertThat(verify(disk).findings()).as("closed store").isEmpty();
        return held;
    }

    /** A crash leaves no damage; what it does leave is told as such. */
    private static void requireUndamaged(SimulatedDisk disk) {
        if (disk.list().contains(StoreFiles.DATA)) {
            VerificationReport report = verify(disk);
            assertThat(report.isDamaged()).as("%s", report).isFalse();
        }
    }

    private static VerificationReport verify(SimulatedDisk disk) {
        return new Verification(new StorePlace(disk, StoreFiles.DATA))
                .run((activity, done, total) -> {});
    }

    private static SimulatedDisk worstCase(SimulatedDisk disk) {
        return disk.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
    }

    private static StorageEngine open(SimulatedDisk disk, Crew crew) {
        StorageEngine engine = SmallStore.engine(disk, IDLE, StorageObserver.NONE, crew);
        engine.open();
        return engine;
    }

    private void requireProbe(SimulatedDisk disk, int held, Crew crew) {
        try (StorageEngine engine = open(disk, crew)) {
            requireState(engine, held + 1);
            requireFacts(engine, held);
            assertThat(engine.snapshot().latest(PROBE).orElseThrow().content())
                    .isEqualTo(PROBE_DRAFT.content());
        }
    }

    private int compare(StorageEngine engine) {
        int held = Math.toIntExact(engine.snapshot().sequence());
        requireSequence(held);
        RecoveryReport report = engine.status().recovery();
        assertThat(isCheckpointed && report != null && report.isIndexRebuilt())
                .as("a checkpoint is lost")
                .isFalse();
        requireState(engine, held);
        assertThat(engine.status().writer().entityCount()).isEqualTo(oracle.living(held));
        requireFacts(engine, held);
        return held;
    }

    /** What was acknowledged is there, and nothing that was never handed over. */
    void requireSequence(int held) {
        assertThat(held).as("transactions").isBetween(acknowledged, submitted);
    }

    private static void requireState(StorageEngine engine, int sequence) {
        assertThat(engine.state()).isEqualTo(new StoreState.Ready());
        assertThat(engine.snapshot().sequence()).isEqualTo(sequence);
    }

    private void requireFacts(StorageEngine engine, int held) {
        requireLog(engine, held);
        for (EntityKey key : oracle.keys()) {
            requireHistory(engine, key, oracle.versions(key, held));
        }
        for (int sequence = 1; sequence <= held; sequence++) {
            requireAsOf(engine, oracle.commit(sequence));
        }
    }

    /** Every transaction in order, with its commit time, its changes and the digest of history. */
    private void requireLog(StorageEngine engine, int held) {
        LogFollower log = engine.follow(0);
        for (int sequence = 1; sequence <= held; sequence++) {
            requireEqual(next(log), oracle.commit(sequence), "transaction");
        }
    }

    private static Object next(LogFollower log) {
        try {
            Commit next = log.nextCommit(Duration.ZERO);
            return next == null ? "none" : next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireHistory(StorageEngine engine, EntityKey key, List<Entity> expected) {
        Snapshot snapshot = engine.snapshot();
        List<Entity> actual = snapshot.history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT));
        requireEqual(actual, expected, "history of " + key);
        requireEqual(
                snapshot.latest(key).stream().toList(),
                expected.isEmpty() ? List.of() : List.of(expected.getLast()),
                "newest version of " + key);
        for (int i = 0; i < expected.size(); i++) {
            if (!Arrays.equals(
                    actual.get(i).content().bytes(), expected.get(i).content().bytes())) {
                throw new AssertionError("bytes of version " + (i + 1) + " of " + key + " differ");
            }
        }
    }

    /** The state right after a transaction, by its sequence and by its commit time. */
    private static void requireAsOf(StorageEngine engine, Commit commit) {
        Snapshot bySequence = engine.snapshotAt(commit.sequence());
        Snapshot byTime = engine.snapshotAt(commit.at());
        for (Entity change : commit.changes()) {
            requireVersion(bySequence, change);
            requireVersion(byTime, change);
        }
    }

    /** The histories were compared byte by byte; here the right record counts. */
    private static void requireVersion(Snapshot snapshot, Entity expected) {
        VersionRecord found = ((EngineSnapshot) snapshot).newest(expected.key());
        if (found == null || found.sequence() != expected.version().transaction()) {
            throw new AssertionError(snapshot + " does not show " + expected);
        }
    }

    /** Cheaper than an assertion object for each of some million comparisons. */
    private static void requireEqual(Object actual, Object expected, String what) {
        if (!expected.equals(actual)) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }

    private static void commitProbe(StorageEngine engine, int held) {
        Transaction transaction = engine.begin("probe");
        transaction.save(PROBE, PROBE_DRAFT);
        assertThat(transaction.commit()).isEqualTo(held + 1L);
        assertThat(engine.snapshot().latest(PROBE).orElseThrow().content())
                .isEqualTo(PROBE_DRAFT.content());
    }

    private static void requireNothingLeft(SimulatedDisk disk) {
        assertThat(disk.openFiles()).as("open files").isZero();
        assertThat(disk.heldLocks()).as("locks").isZero();
        List<String> files =
                disk.list().stream().filter(file -> !Replacement.isAside(file)).toList();
        assertThat(FILES).as("files").containsAll(files);
    }
}
