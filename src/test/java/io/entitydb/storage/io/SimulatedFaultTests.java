package io.entitydb.storage.io;

import static io.entitydb.storage.io.DiskContract.bytes;
import static io.entitydb.storage.io.DiskContract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Disk.Access;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/** The simulated disk fails as it is told. */
class SimulatedFaultTests {

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private DiskFile file = disk.open("a", Access.CREATE);

    @BeforeEach
    void mapSomeBytes() {
        file.write(bytes(1, 2), 0);
        file.map(2);
        file.force();
        disk.forceDirectory();
    }

    private void call(DiskCall call) {
        switch (call) {
            case CREATE_DIRECTORY -> disk.createDirectory();
            case CREATE -> disk.open("b", Access.CREATE).close();
            case OPEN -> disk.open("a", Access.READ).close();
            case WRITE -> file.write(bytes(9), 0);
            case FORCE -> file.force();
            case MAP -> file.map(2);
            case READ -> read(file, 0, 1);
            case SIZE -> assertThat(file.size()).isEqualTo(2);
            case RENAME -> disk.rename("a", "a");
            case DELETE -> disk.delete("b");
            case FORCE_DIRECTORY -> disk.forceDirectory();
            case LIST -> assertThat(disk.list()).contains("a");
            case LOCK -> disk.lock("lock").close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultHitsTheNthCallOnce(DiskCall call) {
        disk.control().inject(Fault.of(call, Effect.IO_ERROR).at(2));

        disk.delete("b");
        call(call == DiskCall.DELETE ? DiskCall.WRITE : call);
        if (call == DiskCall.CREATE) {
            disk.delete("b");
        }
        assertThatThrownBy(() -> call(call)).isInstanceOf(StorageIoException.class);
        call(call);
    }

    @ParameterizedTest
    @EnumSource
    void stickyFaultStaysUntilCleared(DiskCall call) {
        disk.control().inject(Fault.of(call, Effect.IO_ERROR).sticky());

        assertThatThrownBy(() -> call(call)).isInstanceOf(StorageIoException.class);
        assertThatThrownBy(() -> call(call)).isInstanceOf(StorageIoException.class);
        disk.control().clearFaults();
        call(call);
    }

    @ParameterizedTest
    @EnumSource
    void powerCutEndsEveryCall(DiskCall call) {
        disk.control().crash();

        assertThatThrownBy(() -> call(call)).isInstanceOf(PowerCut.class);
        assertThatThrownBy(disk::usableBytes).isInstanceOf(PowerCut.class);
        assertThatThrownBy(disk::isWritable).isInstanceOf(PowerCut.class);
        file.close();
        assertThat(disk.openFiles()).isZero();
    }

    @Test
    void refusedWriteChangesNothing() {
        disk.control().inject(Fault.of(DiskCall.WRITE, Effect.NO_SPACE));

        assertThatThrownBy(() -> file.write(bytes(8, 8, 8), 0))
                .isInstanceOfSatisfying(
                        StorageFullException.class, full -> assertThat(full.wanted()).isEqualTo(3));

        assertThat(disk.contents("a")).containsExactly(1, 2);
    }

    @Test
    void shortWriteLeavesItsFirstHalf() {
        disk.control().inject(Fault.of(DiskCall.WRITE, Effect.HALF_THEN_NO_SPACE));
        disk.control().inject(Fault.of(DiskCall.WRITE, Effect.HALF_THEN_IO_ERROR).at(2));

        assertThatThrownBy(() -> file.write(bytes(8, 8, 8, 8), 0))
                .isInstanceOf(StorageFullException.class);
        assertThat(disk.contents("a")).containsExactly(8, 8);
        assertThatThrownBy(() -> file.write(bytes(7, 7), 1)).isInstanceOf(StorageIoException.class);
        assertThat(disk.contents("a")).containsExactly(8, 7);
    }

    @Test
    void failedForceKeepsPagesDirty() {
        disk.control().inject(Fault.of(DiskCall.FORCE, Effect.IO_ERROR));
        file.write(bytes(9), 0);

        assertThatThrownBy(file::force).isInstanceOf(StorageIoException.class);
        file.force();

        assertThat(WorstCase.of(disk).contents("a")).containsExactly(9, 2);
    }

    @Test
    void failedForceMayDropPagesThatReadsStillSee() {
        disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_DROPPED));
        file.write(bytes(9), 0);

        assertThatThrownBy(file::force).isInstanceOf(StorageIoException.class);
        file.force();

        assertThat(read(file, 0, 2)).containsExactly(9, 2);
        assertThat(disk.snapshotOfCache().contents("a")).containsExactly(9, 2);
        assertThat(disk.crashStates(new CrashPlan(1, 10)).map(state -> state.contents("a")[0]))
                .containsExactly((byte) 1);
    }

    @Test
    void failedForceMayDropSomePages() {
        disk.control().inject(Fault.of(DiskCall.FORCE, Effect.PAGES_PARTLY_DROPPED));
        for (int i = 0; i < 64; i++) {
            file.write(bytes(9), i);
        }

        assertThatThrownBy(file::force).isInstanceOf(StorageIoException.class);

        assertThat(disk.contents("a")).containsOnly(9).hasSize(64);
        assertThat(WorstCase.of(disk).contents("a")).contains(9).contains(0);
    }

    @Test
    void ignoredForceSucceedsAndMakesNothingDurable() {
        disk.control().inject(Fault.of(DiskCall.FORCE, Effect.FORCE_IGNORED));
        file.write(bytes(9), 0);

        file.force();

        assertThat(WorstCase.of(disk).contents("a")).containsExactly(1, 2);
    }

    @Test
    void impossibleFaultIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(DiskCall.READ, Effect.HALF_THEN_IO_ERROR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(DiskCall.WRITE, Effect.PAGES_DROPPED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(DiskCall.WRITE, Effect.IO_ERROR).at(0));
    }

    @Test
    void crashBeforeACallLosesItAndCrashAfterItKeepsIt() {
        long next = disk.control().calls() + 1;
        disk.control().crashBefore(next);
        assertThatThrownBy(() -> file.write(bytes(9), 0)).isInstanceOf(PowerCut.class);
        assertThat(disk.contents("a")).containsExactly(1, 2);

        var other = disk.snapshotOfCache();
        other.control().crashAfter(1);
        try (var reopened = other.open("a", Access.WRITE)) {
            assertThatThrownBy(() -> reopened.write(bytes(9), 0)).isInstanceOf(PowerCut.class);
            assertThatThrownBy(reopened::force).isInstanceOf(PowerCut.class);
        }
        assertThat(other.contents("a")).containsExactly(9, 2);
        assertThat(other.pendingChanges()).isEqualTo(1);
    }

    @Test
    void listenerIsToldOfCountedCallsBeforeTheyAreMade() {
        List<String> told = new ArrayList<>();
        long first = disk.control().calls();
        disk.control()
                .beforeEachCall(
                        (call, number) ->
                                told.add(
                                        call
                                                + " "
                                                + (number - first)
                                                + " "
                                                + disk.pendingChanges()));

        file.write(bytes(9), 0);
        read(file, 0, 1);
        file.force();
        disk.rename("a", "b");
        disk.forceDirectory();

        assertThat(told)
                .containsExactly("WRITE 1 0", "FORCE 2 1", "RENAME 3 0", "FORCE_DIRECTORY 4 1");
        assertThat(disk.control().calls()).isEqualTo(first + 4);
        assertThat(disk.control().calls(DiskCall.READ)).isEqualTo(1);
    }

    @Test
    void capacityEndsGrowthAndFreedSpaceResumesIt() {
        disk.replace("b", new byte[5]);
        disk.control().capacity(10);
        assertThat(disk.usableBytes()).isEqualTo(3);

        assertThatThrownBy(() -> file.write(bytes(5, 5, 5, 5, 5), 1))
                .isInstanceOfSatisfying(
                        StorageFullException.class,
                        full -> {
                            assertThat(full.wanted()).isEqualTo(5);
                            assertThat(full.available()).isEqualTo(3);
                        });
        assertThat(disk.contents("a")).containsExactly(1, 5, 5, 5, 5);
        file.write(bytes(6, 6, 6, 6, 6), 0);

        disk.delete("b");
        file.write(bytes(7, 7, 7, 7, 7), 5);
        assertThat(disk.usableBytes()).isZero();
    }

    @Test
    void readOnlyDiskIsReadAndNotWritten() {
        disk.control().readOnly(true);

        assertThat(disk.isWritable()).isFalse();
        assertThatThrownBy(() -> file.write(bytes(9), 0)).isInstanceOf(StorageIoException.class);
        assertThatThrownBy(() -> disk.delete("a")).isInstanceOf(StorageIoException.class);
        assertThat(read(file, 0, 2)).containsExactly(1, 2);

        disk.control().readOnly(false);
        file.write(bytes(9), 0);
        assertThat(disk.isWritable()).isTrue();
    }

    @Test
    void openFilesAndLocksAreCounted() {
        var lock = disk.lock("lock");
        var second = disk.open("a", Access.READ);
        assertThat(disk.openFiles()).isEqualTo(2);
        assertThat(disk.heldLocks()).isEqualTo(1);

        lock.close();
        second.close();
        second.close();

        assertThat(disk.openFiles()).isEqualTo(1);
        assertThat(disk.heldLocks()).isZero();
    }

    @Test
    void truncatedFileFailsReadsOfItsMap() {
        disk.replace("a", new byte[] {5});

        assertThat(read(file, 0, 1)).containsExactly(5);
        assertThatThrownBy(() -> read(file, 1, 1)).isInstanceOf(StorageIoException.class);
    }

    @Test
    void clockMovesAsTold() {
        var clock = disk.clock();
        long start = disk.now();
        assertThat(disk.now()).isEqualTo(start + 1);

        clock.advance(-100);
        assertThat(disk.now()).isEqualTo(start - 98);
        clock.step(0);
        assertThat(disk.now()).isEqualTo(start - 97);
        assertThat(disk.now()).isEqualTo(start - 97);
        clock.step(-5);
        assertThat(disk.now()).isEqualTo(start - 97);
        assertThat(disk.now()).isEqualTo(start - 102);
        assertThat(clock.peek()).isEqualTo(start - 107);
    }
}
