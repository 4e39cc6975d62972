package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.SimulatedDisk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs scripts, crashes them at every call to the disk, and checks what the crashes leave. */
final class CrashSimulation {

    private static final int REPEATED_EVERY = 16;

    private static final int NOTHING_IN_CACHE = -1;

    /** The engine is given the disk itself. */
    static final Function<SimulatedDisk, Disk> HONEST = disk -> disk;

    /** What a later life of a store does: its recovery is what matters. */
    private static final Script.Length NEXT_LIFE = new Script.Length(1, 2, 0);

    private final Script.Length length;
    private final int statesPerCall;
    private final Function<SimulatedDisk, Disk> flaw;
    private final List<String> violations = new ArrayList<>();

    /** What was found on the disks of the present script, by their fingerprints. */
    private final Map<Long, Integer> known = new HashMap<>();

    private long states;
    private long duplicates;
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

    /** A simulation of an engine on an honest disk. */
    static CrashSimulation honest(Script.Length length, int statesPerCall) {
        return new CrashSimulation(length, statesPerCall, HONEST);
    }

    /** Different crash states, each checked by {@link StateCheck#all}. */
    long states() {
        return states;
    }

    /** Crash states that were the same, byte by byte, as others of their script. */
    long duplicates() {
        return duplicates;
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

    /** Fails if anything was found wrong; shows the first of it. */
    void requireNoViolation() {
        assertThat(violations.stream().limit(5)).as("%d violations", violations.size()).isEmpty();
    }

    /** Runs the script of a seed and checks all that crashes leave. */
    void run(long seed) {
        String name = "seed " + seed;
        Oracle oracle = new Oracle();
        Life life = new Life(name, new SimulatedDisk(seed), oracle, 0, length, seed);
        for (CrashPoint point : life(life)) {
            goOn(name, point, oracle, new Nesting(1, 0), true);
        }
    }

    /**
     * Runs the script of a seed; then, on some of what crashes leave, recovers and runs on, and
     * checks all that crashes of this second life leave; and so on. Processes that were killed with
     * something in the page cache all get a second life.
     *
     * @param every one in so many of the other crash states gets one
     * @param depth crashes in a row; 2 is a crash during or after a recovery
     */
    void runNested(long seed, int every, int depth) {
        Oracle oracle = new Oracle();
        String name = "seed " + seed;
        Life first = new Life(name, new SimulatedDisk(seed), oracle, 0, length, seed);
        for (CrashPoint point : life(first)) {
            goOn(name, point, oracle, new Nesting(every, depth - 1), false);
        }
    }

    /**
     * How many of the disks that a crash leaves get another life.
     *
     * @param every one in so many
     * @param depth lives in a row that are still to come
     */
    private record Nesting(int every, int depth) {}

    private void goOn(
            String name, CrashPoint point, Oracle oracle, Nesting nesting, boolean isChecked) {
        long number = 0;
        for (Iterator<SimulatedDisk> i = point.states().iterator(); i.hasNext(); ) {
            SimulatedDisk state = i.next();
            boolean isKilled = state.pendingChanges() > 0;
            long turn = point.number() + number++;
            boolean livesOn =
                    nesting.depth() > 0
                            && (turn % nesting.every() == 0 || (isKilled && turn % 4 == 0));
            SimulatedDisk left = state.snapshotOfCache();
            if (isChecked) {
                check(name, point, state, oracle);
            }
            if (livesOn) {
                String next = name + ", " + point.place() + ", " + state.name();
                // What a killed process left in the page cache may still get lost.
                int durable = isKilled ? point.acknowledged() : NOTHING_IN_CACHE;
                nextLife(next, left, check(point, oracle), durable, nesting);
            }
        }
    }

    private static <T> T inCrew(DeterministicCrew.CrewWork<T> work) {
        return DeterministicCrew.run(DeterministicCrew.latestFirst(), work);
    }

    /**
     * Opens what is left of a store, runs on, and checks what crashes of this life leave.
     *
     * @param durable transactions that no power cut can take; {@link #NOTHING_IN_CACHE} for all
     */
    private void nextLife(
            String name, SimulatedDisk left, StateCheck check, int durable, Nesting nesting) {
        int held = check.all(left.snapshotOfCache());
        Oracle continued = check.oracle().upTo(held);
        String second = name + ", next life";
        int safe = durable == NOTHING_IN_CACHE ? held : durable;
        long seed = left.seed() * 31 + nesting.depth();
        for (CrashPoint point : life(new Life(second, left, continued, safe, NEXT_LIFE, seed))) {
            goOn(second, point, continued, new Nesting(nesting.every(), nesting.depth() - 1), true);
        }
    }

    private static StateCheck check(CrashPoint point, Oracle oracle) {
        return new StateCheck(
                oracle, point.acknowledged(), point.submitted(), point.isCheckpointed());
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
        known.clear();
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
        long fingerprint = state.fingerprint();
        // What a killed process leaves is not all durable: another disk, though it looks the same.
        boolean isDurable = state.pendingChanges() == 0;
        Integer found = isDurable ? known.get(fingerprint) : null;
        try {
            if (found != null) {
                duplicates++;
                check.requireSequence(found);
                return;
            }
            if (states++ % REPEATED_EVERY == 0) {
                repeated++;
                check.repeated(state.snapshotOfCache());
            }
            int held = check.all(state);
            if (isDurable) {
                known.put(fingerprint, held);
            }
        } catch (AssertionError | RuntimeException e) {
            violations.add(name + ", " + point.place() + ", " + state.name() + ": " + e);
        }
    }
}
