package io.entitydb.storage;

import io.entitydb.storage.io.Fault;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** Cuts the power at every call to the disk while entities are erased, and fails every force. */
class EraseCampaignTests {

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void whatIsErasedNeverComesBackAndNothingElseIsLost() {
        LongAdder nested = new LongAdder();

        long states =
                Campaign.run(
                        seed,
                        ReliabilityGoal.ERASE_CRASH_STATES.count(),
                        own -> {
                            EraseSimulation simulation = new EraseSimulation(12);
                            simulation.run(own);
                            failForces(simulation, own);
                            nested.add(simulation.nested());
                            return simulation.states();
                        });

        ReliabilityReport.reached(ReliabilityGoal.ERASE_CRASH_STATES, seed, states, start);
        ReliabilityReport.noted("erase-crash-states-while-opening", nested.sum());
    }

    private static void failForces(EraseSimulation simulation, long seed) {
        Fault.Effect[] effects = {
            Fault.Effect.IO_ERROR, Fault.Effect.PAGES_DROPPED, Fault.Effect.PAGES_PARTLY_DROPPED
        };
        int force = (int) Math.floorMod(seed, 8L) + 1;
        Fault.Effect effect = effects[(int) Math.floorMod(seed / 8, (long) effects.length)];
        simulation.runWithFailedForce(seed, force, effect);
    }
}
