package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.RetentionPlan;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.PowerCut;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Random;

/** Power cuts and failed calls while an open store is compacted. */
class LiveCompactionFaultTests {

    private static final Script.Length LENGTH = new Script.Length(3, 12, 70_000);

    /** Writes only what it is told to, and is opened again in its process after a failure. */
    private static final StorageOptions OPTIONS =
            SmallStore.options(Duration.ofHours(1)).toBuilder()
                    .reopenings(3)
                    .reopenDelay(Duration.ofMillis(1))
                    .build();

    private final long seed = new Random().nextLong();
    private final SimulatedDisk original = new SimulatedDisk(seed);
    private final Oracle oracle = new Oracle();

    private void play() {
        System.out.println("LiveCompactionFaultTests seed " + seed);
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (Timeline timeline =
                            new Timeline(original, original, oracle, oracle.size(), crew)) {
                        timeline.open();
                        timeline.play(Script.draw(seed, LENGTH, oracle));
                    }
                    return oracle;
                });
    }

    /** The same disk, all of it durable. */
    private SimulatedDisk settled() {
        SimulatedDisk copy = original.snapshotOfCache();
        return copy.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
    }

    private void requireAll(SimulatedDisk disk) {
        new StateCheck(oracle, oracle.size(), oracle.size()).all(disk);
    }

    /** Opens the store, compacts it and closes it; whether the compaction was done. */
    private static boolean compact(SimulatedDisk disk, StorageOptions options) {
        StorageEngine engine = StorageEngine.over(disk, options, StorageObserver.NONE);
        boolean isDone = false;
        try {
            engine.open();
            engine.compact(RetentionPlan.NONE, (activity, done, total) -> {});
            isDone = true;
        } catch (StorageException | IllegalStateException | PowerCut e) {
            // What is left is looked at by the caller.
        }
        try {
            engine.close();
        } catch (StorageException | PowerCut e) {
            // Nothing more happens on this disk.
        }
        return isDone;
    }

    @Test
    void powerCutAtAnyCallLeavesTheOldFileOrTheNewOne() {
        play();
        SimulatedDisk counted = settled();
        compact(counted, SmallStore.options(Duration.ofHours(1)));
        long calls = counted.control().calls();

        long states = 0;
        for (long call = 1; call <= calls; call++) {
            SimulatedDisk disk = settled();
            disk.control().crashAfter(disk.control().calls() + call);
            compact(disk, SmallStore.options(Duration.ofHours(1)));
            for (SimulatedDisk state : disk.crashStates(new CrashPlan(seed, 10)).toList()) {
                requireAll(state);
                states++;
            }
            requireAll(disk.snapshotOfCache());
        }

        System.out.printf("LiveCompactionFaultTests: %d calls, %d states%n", calls, states);
        assertThat(states).isGreaterThan(calls);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME", "FORCE_DIRECTORY", "DELETE", "MAP"})
    void storeGoesOnAfterAnyFailedCall(DiskCall kind) {
        play();
        SimulatedDisk counted = settled();
        StorageEngine first = StorageEngine.over(counted, OPTIONS, StorageObserver.NONE);
        first.open();
        long start = counted.control().calls(kind);
        first.compact(RetentionPlan.NONE, (activity, done, total) -> {});
        long calls = counted.control().calls(kind) - start;
        first.close();

        for (long call = 1; call <= calls; call++) {
            SimulatedDisk disk = settled();
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                disk.control().inject(Fault.of(kind, Fault.Effect.IO_ERROR).at(call));
                compactUnlessRefused(store);
                disk.control().clearFaults();
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                assertThat(store.save("goes on", "text")).isEqualTo(oracle.size() + 1L);
            }
            assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
            assertThat(disk.openFiles()).isZero();
            assertThat(disk.heldLocks()).isZero();
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                assertThat(store.text("goes on")).isEqualTo("text");
            }
        }
    }

    @Test
    void fullDiskGetsItsSpaceBackAndTheStoreGoesOn() {
        play();
        SimulatedDisk disk = settled();
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            disk.control().capacity(original.contents(StoreFiles.DATA).length + 40_000L);
            boolean isDone = compactUnlessRefused(store);
            disk.control().capacity(Long.MAX_VALUE);

            assertThat(isDone).isFalse();
            assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
            assertThat(store.save("goes on", "text")).isEqualTo(oracle.size() + 1L);
        }
    }

    private static boolean compactUnlessRefused(TextStore store) {
        try {
            store.engine().compact(RetentionPlan.NONE, (activity, done, total) -> {});
            return true;
        } catch (StorageException e) {
            return false;
        }
    }
}
