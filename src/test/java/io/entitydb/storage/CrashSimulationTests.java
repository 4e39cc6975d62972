package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** A few crashes of each kind; {@link CrashCampaignTests} makes many. */
class CrashSimulationTests {

    private static final Script.Length SHORT = new Script.Length(3, 8, 0);
    private static final int MOST_SCRIPTS_PER_FLAW = 5;

    private final long seed = new Random().nextLong();

    @Test
    void acknowledgedTransactionsSurviveACrashAtAnyCall() {
        CrashSimulation simulation = CrashSimulation.honest(SHORT, 20);

        simulation.run(seed);

        assertThat(simulation.states()).isPositive();
        assertThat(simulation.duplicates()).isPositive();
        simulation.requireNoViolation();
    }

    @Test
    void crashesDuringRecoveryLoseNothing() {
        CrashSimulation simulation = CrashSimulation.honest(new Script.Length(2, 6, 0), 6);

        simulation.runNested(seed, 40, 2);

        assertThat(simulation.states()).isPositive();
        simulation.requireNoViolation();
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

    @Test
    void sameSeedMakesTheSameStates() {
        CrashSimulation first = CrashSimulation.honest(SHORT, 5);
        CrashSimulation second = CrashSimulation.honest(SHORT, 5);

        first.run(seed);
        second.run(seed);

        assertThat(second.states()).as("seed %d", seed).isEqualTo(first.states());
        assertThat(second.duplicates()).as("seed %d", seed).isEqualTo(first.duplicates());
    }

    @Test
    void honestDiskIsWhatFlawsAreComparedWith() {
        SimulatedDisk disk = new SimulatedDisk(seed);

        assertThat(CrashSimulation.HONEST.apply(disk)).isSameAs(disk);
    }
}
