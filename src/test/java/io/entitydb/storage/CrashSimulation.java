package io.entitydb.storage;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Runs scripts, crashes them at every call to the disk, and checks what the crashes leave. */
final class CrashSimulation {

    private static final int REPEATED_EVERY = 8;

    private static final int NOTHING_IN_CACHE = -1;

    /** What the second life of a store does: its recovery is what matters. */
    private static final Script.Length SECOND_LIFE = new Script.Length(1, 2, 0);

    private final Script.Length length;
    private final int statesPerCall;
    private final Function<SimulatedDisk, Disk> flaw;
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
    CrashSimulation(Script.Length length, int statesPerCall, Function<SimulatedDisk, Disk> flaw) {
        this.length = length;
        this.statesPerCall = statesPerCall;
        this.flaw = flaw;
    }

    /** Crash states checked by {@link StateCheck#all}. */
    long states() {
        return states;
    }

    /** Those of them that were also checked by {@link StateCheck#repeated}. */
    long repeated() {
        return repeated;
    }

    /** Calls at which there was a crash. */
    long calls() {
        return calls;
    }

    /** What was found wrong. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Runs the script of a seed and checks all that crashes leave. */
    void run(long seed) {
        String name = "seed " + seed;
        Oracle oracle = new Oracle();
        Life life = new Life(name, new SimulatedDisk(seed), oracle, 0, length, seed);
        for (CrashPoint point : life(life)) {
            for (Iterator<SimulatedDisk> i = point.states().iterator(); i.hasNext(); ) {
                check(name, point, i.next(), oracle);
            }
        }
    }

    /**
     * Runs the script of a seed; then, on some of what crashes leave, recovers and runs on, and
     * checks all that crashes of this second life leave. Processes that were killed with something
     * in the page cache all get a second life.
     *
     * @param every one in so many of the other crash states gets one
     */
    void runNested(long seed, int every) {
        String name = "seed " + seed;
        Oracle oracle = new Oracle();
        Life life = new Life(name, new SimulatedDisk(seed), oracle, 0, length, seed);
        long number = 0;
        for (CrashPoint point : life(life)) {
            for (Iterator<SimulatedDisk> i = point.states().iterator(); i.hasNext(); ) {
                SimulatedDisk state = i.next();
                boolean isKilled = state.pendingChanges() > 0;
                if (number++ % every == 0 || isKilled) {
                    String second = name + ", " + point.place() + ", " + state.name();
                    // What a killed process left in the page cache may still get lost.
                    int durable = isKilled ? point.acknowledged() : NOTHING_IN_CACHE;
                    secondLife(second, state, check(point, oracle), durable, seed + number);
                }
            }
        }
    }

    /**
     * Runs the script of a seed until a fault keeps it from going on; then opens the store again,
     * in the same process as it were, runs on, and checks all that crashes of this second life
     * leave.
     *
     * @return whether the fault came to pass
     */
    boolean runWithFault(long seed, Fault fault) {
        String name = "seed " + seed + ", " + fault;
        SimulatedDisk disk = new SimulatedDisk(seed);
        try {
            return inCrew(crew -> runWithFault(name, disk, fault, crew));
        } catch (AssertionError | RuntimeException e) {
            violations.add(name + ": " + e);
            return true;
        }
    }

    private static <T> T inCrew(DeterministicCrew.CrewWork<T> work) {
        return DeterministicCrew.run(DeterministicCrew.latestFirst(), work);
    }

    private boolean runWithFault(String name, SimulatedDisk disk, Fault fault, Crew crew) {
        Oracle oracle = new Oracle();
        long seed = disk.seed();
        try (Timeline timeline = new Timeline(disk, disk, oracle, 0, crew)) {
            disk.control().inject(fault);
            playUntilFault(timeline, Script.draw(seed, length, oracle));
            boolean isHit = disk.control().calls(fault.call()) >= fault.nth();
            SimulatedDisk left = disk.snapshotOfCache();
            timeline.learnFrom(left.snapshotOfCache());
            int durable = timeline.acknowledged();
            secondLife(name, left, new StateCheck(oracle, durable, oracle.size()), durable, seed);
            return isHit;
        }
    }

    /** A fault may also pass unnoticed: a checkpoint that fails while closing is no loss. */
    private static void playUntilFault(Timeline timeline, List<Script.Step> script) {
        try {
            timeline.open();
            timeline.play(script);
        } catch (StorageException e) {
            timeline.end();
        }
        timeline.end();
    }

    /**
     * Opens what is left of a store, runs on, and checks what crashes of this life leave.
     *
     * @param durable transactions that no power cut can take; {@link #NOTHING_IN_CACHE} for all
     */
    private void secondLife(
            String name, SimulatedDisk left, StateCheck check, int durable, long seed) {
        int held = check.all(left.snapshotOfCache());
        Oracle continued = check.oracle().upTo(held);
        String second = name + ", second life";
        int safe = durable == NOTHING_IN_CACHE ? held : durable;
        for (CrashPoint nested : life(new Life(second, left, continued, safe, SECOND_LIFE, seed))) {
            for (Iterator<SimulatedDisk> i = nested.states().iterator(); i.hasNext(); ) {
                check(second, nested, i.next(), continued);
            }
        }
    }

    private static StateCheck check(CrashPoint point, Oracle oracle) {
        return new StateCheck(oracle, point.acknowledged(), point.submitted());
    }

    /**
     * A store from its opening to its end.
     *
     * @param name for messages
     * @param oracle what it holds; learns more
     * @param durable transactions that no power cut can take
     */
    private record Life(
            String name,
            SimulatedDisk disk,
            Oracle oracle,
            int durable,
            Script.Length length,
            long seed) {}

    private List<CrashPoint> life(Life life) {
        var script = Script.draw(life.seed(), life.length(), life.oracle());
        CrashPlan plan = new CrashPlan(life.seed(), statesPerCall);
        List<CrashPoint> points = new ArrayList<>();
        try {
            points = inCrew(crew -> points(life, script, plan, crew));
        } catch (AssertionError | RuntimeException e) {
            violations.add(life.name() + " without a crash: " + e);
        }
        calls += points.size();
        return points;
    }

    private List<CrashPoint> points(
            Life life, List<Script.Step> script, CrashPlan plan, Crew crew) {
        SimulatedDisk disk = life.disk();
        try (Timeline timeline =
                new Timeline(disk, flaw.apply(disk), life.oracle(), life.durable(), crew)) {
            return CrashPoint.of(
                    disk,
                    timeline,
                    plan,
                    () -> {
                        timeline.open();
                        timeline.play(script);
                        timeline.end();
                    });
        }
    }

    private void check(String name, CrashPoint point, SimulatedDisk state, Oracle oracle) {
        StateCheck check = check(point, oracle);
        try {
            if (states++ % REPEATED_EVERY == 0) {
                repeated++;
                check.repeated(state.snapshotOfCache());
            }
            check.all(state);
        } catch (AssertionError | RuntimeException e) {
            violations.add(name + ", " + point.place() + ", " + state.name() + ": " + e);
        }
    }
}
