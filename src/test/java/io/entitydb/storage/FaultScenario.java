package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A script that meets a fault. The store is cured in its process or opened again, goes on, and
 * loses its power at some moment of that.
 */
final class FaultScenario {

    private static final Script.Length BEFORE = new Script.Length(2, 4, 0);
    private static final Script.Length AFTER = new Script.Length(1, 3, 0);
    private static final Duration ENOUGH = Duration.ofMinutes(5);
    private static final int STATES = 2;

    /** A script makes some 30 counted calls to the disk after the fault. */
    private static final int CALLS_AFTER = 30;

    private final long seed;
    private final Fault fault;
    private final SimulatedDisk disk;
    private final Oracle oracle = new Oracle();

    /** Disks that a power cut leaves, and how much of the oracle each must and may hold. */
    private final List<Left> left = new ArrayList<>();

    private record Left(SimulatedDisk disk, int acknowledged, int submitted) {}

    private FaultScenario(long seed, Fault fault) {
        this.seed = seed;
        this.fault = fault;
        disk = new SimulatedDisk(seed);
    }

    /**
     * Plays a scenario.
     *
     * @return whether the fault came to pass
     * @throws AssertionError if something was lost or made up
     */
    static boolean play(long seed, Fault fault) {
        FaultScenario scenario = new FaultScenario(seed, fault);
        try {
            boolean isHit = DeterministicCrew.run(DeterministicCrew.latestFirst(), scenario::play);
            scenario.check();
            return isHit;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(fault + ": " + e.getMessage(), e);
        }
    }

    private boolean play(DeterministicCrew crew) {
        try (Timeline timeline = Timeline.cured(disk, oracle, crew)) {
            disk.control().inject(fault);
            try {
                timeline.open();
                timeline.play(Script.draw(seed, BEFORE, oracle));
            } catch (StorageException e) {
                // What it is does not matter here: the store must not lose anything by it.
            }
            boolean isHit = disk.control().calls(fault.call()) >= fault.nth();
            disk.control().clearFaults();
            timeline.goOnAfterFault(crew, ENOUGH);
            cutPowerAtSomeCall(timeline);
            timeline.play(Script.draw(seed + 1, AFTER, oracle));
            timeline.end();
            disk.control().beforeEachCall((call, number) -> {});
            note(timeline);
            return isHit;
        }
    }

    private void cutPowerAtSomeCall(Timeline timeline) {
        long call = disk.control().calls() + 1 + new SplittableRandom(seed).nextInt(CALLS_AFTER);
        disk.control()
                .beforeEachCall(
                        (kind, number) -> {
                            if (number == call) {
                                note(timeline);
                            }
                        });
    }

    private void note(Timeline timeline) {
        int acknowledged = timeline.acknowledged();
        int submitted = timeline.submitted();
        disk.crashStates(new CrashPlan(seed, STATES))
                .forEach(state -> left.add(new Left(state, acknowledged, submitted)));
    }

    private void check() {
        assertThat(left).isNotEmpty();
        for (Left each : left) {
            new StateCheck(oracle, each.acknowledged(), each.submitted()).all(each.disk());
        }
    }
}
