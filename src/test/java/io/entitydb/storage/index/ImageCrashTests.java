package io.entitydb.storage.index;

import static io.entitydb.storage.index.Images.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.PowerCut;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.Random;

class ImageCrashTests {

    /** Two blocks, so that a torn write has something to leave out. */
    private static final EntityIndex AFTER = Images.index(ImageBlock.CAPACITY + 3);

    private static final EntityIndex BEFORE = Images.index(5);

    @Test
    void aPowerCutLeavesTheImageBeforeOrTheNewOne() {
        long seed = new Random().nextLong();
        System.out.println("ImageCrashTests seed " + seed);
        Map<Long, Long> before = contents(BEFORE);
        Map<Long, Long> after = contents(AFTER);

        long calls = callsOfAWrite();
        for (long call = 1; call <= calls; call++) {
            SimulatedDisk disk = diskWithImage(seed);
            disk.control().crashAfter(disk.control().calls() + call);
            assertThatThrownBy(() -> Images.write(disk, AFTER)).isInstanceOf(PowerCut.class);

            disk.crashStates(new CrashPlan(seed, 40))
                    .forEach(
                            state ->
                                    assertThat(contents(Images.loaded(state)))
                                            .as("%s, seed %d", state.name(), seed)
                                            .isIn(before, after));
        }
    }

    @Test
    void aFinishedWriteSurvivesAPowerCut() {
        SimulatedDisk disk = diskWithImage(1);
        Images.write(disk, AFTER);

        disk.crashStates(new CrashPlan(1, 40))
                .forEach(
                        state ->
                                assertThat(contents(Images.loaded(state)))
                                        .isEqualTo(contents(AFTER)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
    void aWriteThatFailsLeavesTheImageBeforeAndNoOther(DiskCall call) {
        SimulatedDisk disk = diskWithImage(1);
        disk.control().inject(Fault.of(call, Fault.Effect.IO_ERROR));

        assertThatThrownBy(() -> Images.write(disk, AFTER)).isInstanceOf(StorageException.class);

        assertThat(disk.openFiles()).isZero();
        assertThat(disk.list()).containsExactly(ImageWriter.FILE);
        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(BEFORE));
        Images.write(disk, AFTER);
        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(AFTER));
    }

    @Test
    void aFullDiskGetsItsSpaceBack() {
        SimulatedDisk disk = diskWithImage(1);
        disk.control().capacity(500_000);

        assertThatThrownBy(() -> Images.write(disk, AFTER))
                .isInstanceOf(StorageFullException.class);

        assertThat(disk.list()).containsExactly(ImageWriter.FILE);
        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(BEFORE));
    }

    @Test
    void aLogThatCannotBeForcedLeavesTheImageBefore() {
        SimulatedDisk disk = diskWithImage(1);

        assertThatThrownBy(
                        () ->
                                new ImageWriter(disk)
                                        .write(
                                                AFTER,
                                                Images.FILE_ID,
                                                Images.POINT,
                                                () -> {
                                                    throw new OutcomeUnknownException("poisoned");
                                                }))
                .isInstanceOf(OutcomeUnknownException.class);

        assertThat(disk.openFiles()).isZero();
        assertThat(disk.list()).containsExactly(ImageWriter.FILE);
        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(BEFORE));
    }

    @Test
    void aFailureToCleanUpDoesNotHideTheFailure() {
        SimulatedDisk disk = diskWithImage(1);
        disk.control().inject(Fault.of(DiskCall.FORCE, Fault.Effect.IO_ERROR));
        disk.control().inject(Fault.of(DiskCall.DELETE, Fault.Effect.IO_ERROR).at(2));

        assertThatThrownBy(() -> Images.write(disk, AFTER))
                .hasMessageContaining("force")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(BEFORE));
    }

    private static SimulatedDisk diskWithImage(long seed) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Images.write(disk, BEFORE);
        return disk;
    }

    private static long callsOfAWrite() {
        SimulatedDisk disk = diskWithImage(1);
        long before = disk.control().calls();
        Images.write(disk, AFTER);
        return disk.control().calls() - before;
    }
}
