package io.entitydb.storage;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;

import java.util.SplittableRandom;

/**
 * The instruments, each as one call that throws where it finds something wrong. Called in a class
 * loader of its own, in which an error was planted into the engine.
 */
public enum PlantedHarness {
    /** Power is cut at every call to the disk. */
    CRASH {
        @Override
        public void run(long seed) {
            CrashSimulation simulation = CrashSimulation.honest(new Script.Length(2, 6, 0), 12);
            simulation.run(seed);
            simulation.requireNoViolation();
        }
    },
    /** Power is cut while a store is being recovered, and later. */
    NESTED_CRASH {
        @Override
        public void run(long seed) {
            CrashSimulation simulation = CrashSimulation.honest(new Script.Length(2, 4, 0), 4);
            simulation.runNested(seed, 12, 2);
            simulation.requireNoViolation();
        }
    },
    /** A force fails, the store is cured, and later the power is cut. */
    FAILED_FORCE {
        @Override
        public void run(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (Effect effect : new Effect[] {Effect.PAGES_DROPPED, Effect.IO_ERROR}) {
                Fault fault = Fault.of(DiskCall.FORCE, effect);
                FaultScenario.play(seed, fault.at(1 + random.nextInt(25)));
            }
        }
    },
    /** Members take turns in a drawn order. */
    SCHEDULE {
        @Override
        public void run(long seed) {
            Schedule.play(seed);
        }
    },
    /** Random operations are compared with a model. */
    MODEL {
        @Override
        public void run(long seed) {
            ModelRun.play(seed, ModelScript.draw(seed, 150));
        }
    };

    /**
     * Uses the instrument once.
     *
     * @throws Exception if it finds something wrong
     */
    public abstract void run(long seed) throws Exception;
}
