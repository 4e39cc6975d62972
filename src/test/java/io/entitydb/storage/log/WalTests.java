package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class WalTests {

    private static final String NAME = "log";
    private static final long START = LogForgery.START;
    private static final FrameChain EMPTY = new FrameChain(START, 0, 0, 0, 0, Digest.ZERO);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DiskFile file = disk.open(NAME, Disk.Access.CREATE);
    private final Wal wal = new Wal(file, EMPTY, START);

    private static FrameChain after(long bytes, long frame) {
        return new FrameChain(START + bytes, frame, 7, 0, 0, Digest.ZERO);
    }

    private void claim(int bytes) {
        wal.claim(START + bytes);
        wal.allocated(START + bytes);
    }

    @Test
    void claimedSpaceIsZerosAndCountsOnceItIsPublished() {
        wal.claim(START + 64);
        assertThat(wal.freeBytes()).isZero();

        wal.allocated(START + 64);

        assertThat(wal.freeBytes()).isEqualTo(64);
        assertThat(wal.allocatedBytes()).isEqualTo(START + 64);
        assertThat(disk.contents(NAME)).hasSize((int) START + 64).containsOnly(0);
    }

    @Test
    void whatIsZeroedAheadIsNoSpaceUntilItIsClaimedAndIsNotZeroedAgain() {
        claim(16);
        wal.zeroAhead(48);
        assertThat(wal.freeBytes()).isEqualTo(16);
        assertThat(wal.zeroedBytes()).isEqualTo(START + 64);
        long writes = disk.control().calls(DiskCall.WRITE);
        long forces = disk.control().calls(DiskCall.FORCE);

        claim(64);

        assertThat(wal.freeBytes()).isEqualTo(64);
        assertThat(disk.control().calls(DiskCall.WRITE)).isEqualTo(writes);
        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces + 1);
        assertThat(disk.contents(NAME)).hasSize((int) START + 64).containsOnly(0);
    }

    @Test
    void whatTheForceOfABatchCarriedIsNotForcedAgain() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1}), after(1, 1));
        wal.zeroAhead(48);
        wal.force();
        long forces = disk.control().calls(DiskCall.FORCE);

        claim(64);
        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces);

        claim(72);
        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces + 1);
    }

    @Test
    void claimZeroesWhatIsMissingOnly() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {7}), after(1, 1));
        wal.zeroAhead(16);

        claim(64);

        assertThat(wal.zeroedBytes()).isEqualTo(START + 64);
        assertThat(disk.contents(NAME)).hasSize((int) START + 64);
        assertThat(disk.contents(NAME)[(int) START]).isEqualTo((byte) 7);
    }

    @Test
    void batchMayFillTheClaimedSpaceToTheByte() {
        claim(16);

        wal.append(ByteBuffer.wrap(new byte[16]), after(16, 1));

        assertThat(wal.freeBytes()).isZero();
        assertThat(wal.tail()).isEqualTo(after(16, 1));
    }

    @Test
    void batchBeyondTheClaimedSpaceIsRefusedAndNothingIsWritten() {
        claim(16);

        assertThatThrownBy(() -> wal.append(ByteBuffer.wrap(new byte[17]), after(17, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("17 bytes, claimed are 16");
        assertThat(wal.tail()).isEqualTo(EMPTY);
    }

    @Test
    void appendedFramesAreDurableOnceForced() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1, 2}), after(2, 5));
        assertThat(wal.durableFrame()).isZero();

        wal.force();

        assertThat(wal.durableFrame()).isEqualTo(5);
        assertThat(disk.contents(NAME)[(int) START + 1]).isEqualTo((byte) 2);
    }

    @Test
    void claimedSpaceIsDurableAndReadableBeforeItIsUsed() {
        wal.claim(START + 64);

        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(1);
        byte[] read = new byte[64];
        file.read(START, read, 0, read.length);
        assertThat(read).containsOnly(0);
    }

    @Test
    void forceReachesTheDisk() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1}), after(1, 1));
        long before = disk.control().calls(DiskCall.FORCE);

        wal.force();

        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(before + 1);
    }

    @Test
    void forceThatFailsMakesNothingDurable() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1}), after(1, 1));
        disk.control().inject(Fault.of(DiskCall.FORCE, Fault.Effect.IO_ERROR));

        assertThatThrownBy(wal::force).isInstanceOf(StorageIoException.class);
        assertThat(wal.durableFrame()).isZero();
    }

    @Test
    void recordBeforeTheTailIsOverwritten() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), after(4, 1));

        wal.overwrite(ByteBuffer.wrap(new byte[] {9, 9}), START + 2);

        assertThat(disk.contents(NAME)).endsWith(1, 2, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void nothingIsOverwrittenBehindTheTail() {
        claim(16);
        wal.append(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), after(4, 1));

        assertThatThrownBy(() -> wal.overwrite(ByteBuffer.wrap(new byte[] {9, 9}), START + 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("passes the tail");
        assertThat(disk.contents(NAME)[(int) START + 3]).isEqualTo((byte) 4);
    }
}
