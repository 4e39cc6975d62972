package io.entitydb.storage;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** Cuts the power at every call to the disk, in many ways, and looks at what is left. */
class CrashCampaignTests {

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void acknowledgedTransactionsSurviveACrashAtAnyCall() {
        LongAdder calls = new LongAdder();
        LongAdder duplicates = new LongAdder();
        LongAdder repeated = new LongAdder();

        long states =
                Campaign.run(
                        seed,
                        ReliabilityGoal.CRASH_STATES.count(),
                        own -> {
                            boolean isLong = own % 16 == 0;
                            Script.Length length = new Script.Length(isLong ? 3 : 2, 6, 0);
                            CrashSimulation simulation = CrashSimulation.honest(length, 40);
                            simulation.run(own);
                            simulation.requireNoViolation();
                            calls.add(simulation.calls());
                            duplicates.add(simulation.duplicates());
                            repeated.add(simulation.repeated());
                            return simulation.states();
                        });

        ReliabilityReport.reached(ReliabilityGoal.CRASH_STATES, seed, states, start);
        ReliabilityReport.noted("crash-states-equal-to-others", duplicates.sum());
        ReliabilityReport.noted("crash-states-opened-again-and-again", repeated.sum());
        ReliabilityReport.noted("calls-at-which-power-was-cut", calls.sum());
    }

    @Test
    void contentsInChunksSurviveACrashAtAnyCall() {
        Script.Length withChunks = new Script.Length(2, 4, (1 << 20) + 1);

        long states =
                Campaign.run(
                        seed,
                        ReliabilityGoal.CHUNK_CRASH_STATES.count(),
                        own -> {
                            CrashSimulation simulation = CrashSimulation.honest(withChunks, 40);
                            simulation.run(own);
                            simulation.requireNoViolation();
                            return simulation.states();
                        });

        ReliabilityReport.reached(ReliabilityGoal.CHUNK_CRASH_STATES, seed, states, start);
    }

    @Test
    void crashesDuringRecoveryLoseNothing() {
        int depth = ReliabilityGoal.level().equals("pr") ? 2 : 3;

        long states =
                Campaign.run(
                        seed,
                        ReliabilityGoal.NESTED_CRASH_STATES.count(),
                        own -> {
                            CrashSimulation simulation =
                                    CrashSimulation.honest(new Script.Length(2, 5, 0), 8);
                            simulation.runNested(own, 40, depth);
                            simulation.requireNoViolation();
                            return simulation.states();
                        });

        ReliabilityReport.reached(ReliabilityGoal.NESTED_CRASH_STATES, seed, states, start);
        ReliabilityReport.noted("nested-crash-depth", depth);
    }
}
