package io.entitydb.storage;

import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.SimulatedDisk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs scripts, crashes them at every call, and checks what the crashes leave. */
final class CrashSimulation {

    private static final int REPEATED_EVERY = 8;

    private final Script.Length length;
    private final int statesPerCall;
    private final UnaryOperator<Disk> flaw;
    private final List<String> violations = new ArrayList<>();
    private long states;
    private long repeated;
    private long calls;

    /**
     * A simulation.
     *
     * @param statesPerCall most states that are made of one call
     * @param flaw what the engine is given in place of an honest disk
     */
    CrashSimulation(Script.Length length, int statesPerCall, UnaryOperator<Disk> flaw) {
        this.length = length;
        this.statesPerCall = statesPerCall;
        this.flaw = flaw;
    }

    /** Crash states checked. */
    long states() {
        return states;
    }

    /** Those of them that were also opened again after kill, power loss and clean close. */
    long repeated() {
        return repeated;
    }

    /** Calls at which the power was cut. */
    long calls() {
        return calls;
    }

    /** What was found wrong. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Runs the script of a seed. */
    void run(long seed) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Oracle oracle = new Oracle();
        List<CrashPoint> points;
        try (Timeline timeline = new Timeline(disk, flaw.apply(disk), oracle)) {
            points =
                    CrashPoint.of(
                            disk,
                            timeline,
                            new CrashPlan(seed, statesPerCall),
                            () -> {
                                timeline.engine().open();
                                timeline.play(Script.draw(seed, length));
                                timeline.engine().close();
                            });
        }
        points.forEach(point -> check(point, oracle, seed));
    }

    private void check(CrashPoint point, Oracle oracle, long seed) {
        calls++;
        StateCheck check = new StateCheck(oracle, point.acknowledged(), point.submitted());
        for (Iterator<SimulatedDisk> i = point.states().iterator(); i.hasNext(); ) {
            SimulatedDisk state = i.next();
            try {
                if (states++ % REPEATED_EVERY == 0) {
                    repeated++;
                    check.repeated(state.snapshotOfCache());
                }
                check.all(state);
            } catch (AssertionError | RuntimeException e) {
                if (violations.size() < 3) e.printStackTrace(System.out);
                violations.add(
                        "seed %d, before call %d, %s, %s: %s"
                                .formatted(seed, point.number(), point.call(), state.name(), e));
            }
        }
    }
}
