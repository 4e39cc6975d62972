package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** Each call of a few scripts fails once; {@link FaultCampaignTests} does it with many. */
class FaultSimulationTests {

    /** More calls of one kind than a script makes. */
    private static final int MOST_CALLS = 1000;

    /** A script may be short; this many together are not. */
    private static final int SCRIPTS = 5;

    private final long seed = new Random().nextLong();

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "PAGES_DROPPED", "PAGES_PARTLY_DROPPED"})
    void everyFailedForceIsSurvived(Effect effect) {
        assertThat(failEach(Fault.of(DiskCall.FORCE, effect), 1)).isGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "NO_SPACE", "HALF_THEN_IO_ERROR", "HALF_THEN_NO_SPACE"})
    void everyFailedWriteIsSurvived(Effect effect) {
        assertThat(failEach(Fault.of(DiskCall.WRITE, effect), 1)).isGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FORCE", "WRITE", "READ"})
    void everyOtherFailedCallIsSurvived(DiskCall call) {
        assertThat(failEach(Fault.of(call, Effect.IO_ERROR), 1)).isPositive();
    }

    @Test
    void failedReadsAreSurvived() {
        assertThat(failEach(Fault.of(DiskCall.READ, Effect.IO_ERROR), 7)).isGreaterThan(15);
    }

    /** Fails the first call of each script, then the one after some steps, until it has no more. */
    private long failEach(Fault fault, int step) {
        long faults = 0;
        for (int script = 0; script < SCRIPTS; script++) {
            faults += failEach(fault, step, seed + script);
        }
        return faults;
    }

    private static long failEach(Fault fault, int step, long seed) {
        long faults = 0;
        for (int call = 1; call < MOST_CALLS; call += step) {
            if (!FaultScenario.play(seed, fault.at(call))) {
                return faults;
            }
            faults++;
        }
        throw new AssertionError("the script does not end, seed " + seed);
    }
}
