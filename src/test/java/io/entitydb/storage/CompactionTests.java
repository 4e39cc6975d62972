package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.PowerCut;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.Replacement;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.Repair;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A store made anew holds the same history, at any crash and after any failed call. */
class CompactionTests {

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));
    private static final Script.Length LENGTH = new Script.Length(3, 12, 70_000);

    private final long seed = new Random().nextLong();

    private static Repair compaction(SimulatedDisk disk) {
        return new Repair(disk, List.of(), new Repair.Options(SmallStore.GROWTH_BYTES, "operator"));
    }

    private static Repair.Result compact(SimulatedDisk disk) {
        return compaction(disk).run(false, (activity, done, total) -> {});
    }

    private Oracle play(SimulatedDisk disk) {
        System.out.println("CompactionTests seed " + seed);
        Oracle oracle = new Oracle();
        return DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (Timeline timeline =
                            new Timeline(disk, disk, oracle, oracle.size(), crew)) {
                        timeline.open();
                        timeline.play(Script.draw(seed, LENGTH, oracle));
                    }
                    return oracle;
                });
    }

    private static void requireAll(SimulatedDisk disk, Oracle oracle) {
        new StateCheck(oracle, oracle.size(), oracle.size()).all(disk);
    }

    @Test
    void historyIsTheSameInANewFile() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Oracle oracle = play(disk);
        byte[] before = disk.contents(StoreFiles.DATA);

        Repair.Result result = compact(disk);

        assertThat(disk.contents(result.aside())).isEqualTo(before);
        assertThat(result.isIndexWritten()).isTrue();
        assertThat(result.plan().isDamaged()).isFalse();
        assertThat(result.plan().lastSequence()).isEqualTo(oracle.size());
        requireAll(disk, oracle);
    }

    @Test
    void indexIsOfUseAtTheNextOpening() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        play(disk);

        compact(disk);

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            RecoveryReport report = store.engine().status().recovery();
            assertThat(report).isNotNull();
            assertThat(report.isIndexRebuilt()).isFalse();
            assertThat(report.replayedTransactions()).isZero();
        }
    }

    @Test
    void secondCompactionChangesNoFact() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Oracle oracle = play(disk);

        Repair.Result first = compact(disk);
        Repair.Result second = compact(disk);

        assertThat(second.newBytes()).isEqualTo(first.newBytes());
        assertThat(second.aside()).isNotEqualTo(first.aside());
        requireAll(disk, oracle);
    }

    @Test
    void planChangesNothing() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        play(disk);
        long calls = disk.control().calls();

        compaction(disk).plan((activity, done, total) -> {});

        assertThat(disk.control().calls()).isEqualTo(calls);
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
    }

    @Test
    void openStoreIsRefused() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "text");

            assertThatThrownBy(() -> compact(disk)).isInstanceOf(StorageLockedException.class);
            assertThatThrownBy(() -> compaction(disk).plan((activity, done, total) -> {}))
                    .isInstanceOf(StorageLockedException.class);

            assertThat(store.save("a", "goes on")).isEqualTo(2);
        }
    }

    @Test
    void emptyStoreIsMadeAnew() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        TextStore.open(disk, OPTIONS).close();

        compact(disk);

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.save("a", "text")).isEqualTo(1);
        }
    }

    @Test
    void chunksThatNoVersionRefersToAreLeftOut() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        byte[] large = new byte[3 << 20];
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "text");
            Transaction transaction = store.engine().begin("tester");
            transaction.save(
                    TextStore.key("b"), EntityDraft.of(Set.of(), Content.of("image/x-raw", large)));
            transaction.commit();
        }

        Repair.Result result = compact(disk);

        assertThat(result.newBytes()).isGreaterThan(large.length);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(
                            store.engine()
                                    .snapshot()
                                    .latest(TextStore.key("b"))
                                    .orElseThrow()
                                    .content()
                                    .bytes())
                    .isEqualTo(large);
        }
    }

    @Test
    void powerCutAtAnyCallLeavesTheOldFileOrTheNewOne() {
        SimulatedDisk original = new SimulatedDisk(seed);
        Oracle oracle = play(original);
        long calls = callsOfACompaction(original.snapshotOfCache());

        long states = 0;
        for (long call = 1; call <= calls; call++) {
            SimulatedDisk disk = settled(original);
            disk.control().crashAfter(disk.control().calls() + call);
            assertThatThrownBy(() -> compact(disk)).isInstanceOf(PowerCut.class);
            for (SimulatedDisk state : disk.crashStates(new CrashPlan(seed, 20)).toList()) {
                requireAll(state, oracle);
                states++;
            }
            requireAll(disk.snapshotOfCache(), oracle);
        }

        System.out.printf("CompactionTests: %d calls, %d states%n", calls, states);
        assertThat(states).isGreaterThan(calls);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME", "FORCE_DIRECTORY", "DELETE"})
    void failedCallChangesNothing(DiskCall kind) {
        SimulatedDisk original = new SimulatedDisk(seed);
        Oracle oracle = play(original);
        byte[] before = original.contents(StoreFiles.DATA);
        SimulatedDisk counted = settled(original);
        long start = counted.control().calls(kind);
        compact(counted);
        long calls = counted.control().calls(kind) - start;

        for (long call = 1; call <= calls; call++) {
            SimulatedDisk disk = settled(original);
            disk.control().inject(Fault.of(kind, Fault.Effect.IO_ERROR).at(call));
            boolean isDone = isDone(disk);

            assertThat(disk.openFiles()).isZero();
            assertThat(disk.heldLocks()).isZero();
            assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
            if (!isDone && disk.list().stream().noneMatch(Replacement::isAside)) {
                assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(before);
            }
            requireAll(disk, oracle);
        }
    }

    private static boolean isDone(SimulatedDisk disk) {
        try {
            compact(disk);
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    @Test
    void fullDiskGetsItsSpaceBack() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Oracle oracle = play(disk);
        byte[] before = disk.contents(StoreFiles.DATA);
        disk.control().capacity(before.length + 40_000L);

        assertThatThrownBy(() -> compact(disk)).isInstanceOf(StorageException.class);

        disk.control().capacity(Long.MAX_VALUE);
        assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(before);
        requireAll(disk, oracle);
    }

    /** The same disk, all of it durable. */
    private static SimulatedDisk settled(SimulatedDisk original) {
        SimulatedDisk copy = original.snapshotOfCache();
        return copy.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
    }

    private static long callsOfACompaction(SimulatedDisk disk) {
        long before = disk.control().calls();
        compact(disk);
        return disk.control().calls() - before;
    }
}
