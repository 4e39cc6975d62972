package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** Calls to the disk fail one by one; the store is opened again, and then the power is cut. */
class FaultSimulationTests {

    private static final Script.Length LENGTH = new Script.Length(2, 6, 0);

    /** More calls of one kind than a script makes. */
    private static final int MOST_CALLS = 1000;

    private final long seed = new Random().nextLong();
    private final CrashSimulation simulation = CrashSimulation.honest(LENGTH, 2);

    @Test
    void everyFailedForceIsSurvived() {
        long faults = 0;
        for (Effect effect :
                List.of(Effect.IO_ERROR, Effect.PAGES_DROPPED, Effect.PAGES_PARTLY_DROPPED)) {
            faults += failEach(Fault.of(DiskCall.FORCE, effect), 1);
        }

        simulation.requireNoViolation();
        assertThat(faults).as("seed %d", seed).isGreaterThan(30);
    }

    @Test
    void everyOtherFailedCallIsSurvived() {
        long faults = 0;
        for (Effect effect :
                List.of(
                        Effect.IO_ERROR,
                        Effect.NO_SPACE,
                        Effect.HALF_THEN_IO_ERROR,
                        Effect.HALF_THEN_NO_SPACE)) {
            faults += failEach(Fault.of(DiskCall.WRITE, effect), 3);
        }
        for (DiskCall call :
                List.of(
                        DiskCall.CREATE,
                        DiskCall.RENAME,
                        DiskCall.DELETE,
                        DiskCall.FORCE_DIRECTORY,
                        DiskCall.OPEN,
                        DiskCall.MAP,
                        DiskCall.SIZE,
                        DiskCall.LIST,
                        DiskCall.LOCK)) {
            faults += failEach(Fault.of(call, Effect.IO_ERROR), 1);
        }

        simulation.requireNoViolation();
        assertThat(faults).as("seed %d", seed).isGreaterThan(30);
    }

    /** Fails the first call, then the one after some steps, until the script has no more. */
    private long failEach(Fault fault, int step) {
        long faults = 0;
        for (int call = 1; call < MOST_CALLS; call += step) {
            if (!simulation.runWithFault(seed, fault.at(call))) {
                return faults;
            }
            faults++;
        }
        throw new AssertionError("the script does not end");
    }
}
