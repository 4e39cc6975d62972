package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

class CrashSimulationTests {

    private static final Script.Length SHORT = new Script.Length(3, 8, 0);

    /** Two chunk frames ahead of their transaction. */
    private static final Script.Length WITH_CHUNKS = new Script.Length(2, 4, (1 << 20) + 1);

    private static final int SHORT_SCRIPTS = 9;
    private static final int MOST_SCRIPTS_PER_FLAW = 5;
    private static final int STATES_PER_CALL = 120;

    private final long seed = new Random().nextLong();

    @Test
    void acknowledgedTransactionsSurviveACrashAtAnyCall() {
        CrashSimulation simulation = honest(SHORT, STATES_PER_CALL);

        for (int script = 0; script < SHORT_SCRIPTS; script++) {
            simulation.run(seed + script);
        }

        assertNoViolation(simulation);
        report(
                "crash states: opened, all compared, committed to, closed",
                simulation.states(),
                50_000);
        report(
                "crash states: opened again after kill, power loss, close",
                simulation.repeated(),
                6_000);
        report("calls at which a crash was simulated", simulation.calls(), 600);
    }

    @Test
    void contentsInChunksSurviveACrashAtAnyCall() {
        CrashSimulation simulation = honest(WITH_CHUNKS, 80);

        simulation.run(seed);

        assertNoViolation(simulation);
        report("crash states with contents in chunks", simulation.states(), 1_000);
    }

    @Test
    void crashesDuringRecoveryLoseNothing() {
        CrashSimulation simulation = honest(new Script.Length(2, 6, 0), 12);

        for (int script = 0; script < 2; script++) {
            simulation.runNested(seed + script, 20);
        }

        assertNoViolation(simulation);
        report("crash states of recoveries, nested twice", simulation.states(), 5_000);
    }

    @ParameterizedTest
    @EnumSource
    void plantedProtocolErrorIsCaught(FlawedDisk flaw) {
        CrashSimulation simulation = new CrashSimulation(SHORT, 30, flaw);

        for (int i = 0; i < MOST_SCRIPTS_PER_FLAW && simulation.violations().isEmpty(); i++) {
            simulation.run(seed + i);
        }

        System.out.printf(
                "planted %s: caught in %d of %d crash states%n",
                flaw, simulation.violations().size(), simulation.states());
        assertThat(simulation.violations()).as("seed %d", seed).isNotEmpty();
    }

    private static CrashSimulation honest(Script.Length length, int statesPerCall) {
        return new CrashSimulation(length, statesPerCall, (SimulatedDisk disk) -> disk);
    }

    private void report(String what, long count, long goal) {
        ReliabilityReport.reached(what, seed, count, goal);
    }

    private void assertNoViolation(CrashSimulation simulation) {
        assertThat(simulation.violations().stream().limit(5))
                .as("%d violations, seed %d", simulation.violations().size(), seed)
                .isEmpty();
    }
}
