package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** Each call of a script fails once; {@link FaultCampaignTests} does it with many scripts. */
class FaultSimulationTests {

    /** More calls of one kind than a script makes. */
    private static final int MOST_CALLS = 1000;

    private final long seed = new Random().nextLong();

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "PAGES_DROPPED", "PAGES_PARTLY_DROPPED"})
    void everyFailedForceIsSurvived(Effect effect) {
        assertThat(failEach(Fault.of(DiskCall.FORCE, effect), 1)).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "NO_SPACE", "HALF_THEN_IO_ERROR", "HALF_THEN_NO_SPACE"})
    void everyFailedWriteIsSurvived(Effect effect) {
        assertThat(failEach(Fault.of(DiskCall.WRITE, effect), 1)).isGreaterThan(10);
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
        assertThat(failEach(Fault.of(DiskCall.READ, Effect.IO_ERROR), 7)).isGreaterThan(10);
    }

    /** Fails the first call, then the one after some steps, until the script has no more. */
    private long failEach(Fault fault, int step) {
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
