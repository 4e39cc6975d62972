package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.Test;

import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The contract catches disks that break it. */
class BrokenDiskTests {

    @Test
    void diskThatLosesForcedBytesIsCaught() {
        var contract = contractOf(Fault.of(DiskCall.FORCE, Effect.FORCE_IGNORED).sticky());

        assertThatThrownBy(contract::forcedBytesSurvivePowerLoss)
                .isInstanceOfAny(AssertionError.class, StorageIoException.class);
    }

    @Test
    void diskThatLosesForcedNamesIsCaught() {
        var contract =
                contractOf(Fault.of(DiskCall.FORCE_DIRECTORY, Effect.FORCE_IGNORED).sticky());

        assertThatThrownBy(contract::forcedBytesSurvivePowerLoss)
                .isInstanceOf(AssertionError.class);
    }

    private static DiskContract contractOf(Fault fault) {
        var contract =
                new SimulatedDiskTests() {
                    @Override
                    Disk missing() {
                        var disk = new SimulatedDisk(1);
                        disk.control().inject(fault);
                        return disk;
                    }
                };
        contract.createDisk();
        return contract;
    }

    @Test
    void diskWhoseReadersShareABufferIsCaught() {
        var disk = new ForwardingDisk(new SimulatedDisk(1), SharedBufferFile::new);

        assertThatThrownBy(() -> ConcurrentReads.growWhileFourRead(disk))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void diskThatIsReadAfterCloseIsCaught() {
        var disk = new ForwardingDisk(new SimulatedDisk(1), UnclosedFile::new);

        assertThatThrownBy(() -> ConcurrentReads.closeWhileFourRead(disk))
                .isInstanceOf(AssertionError.class);
    }

    private static final class SharedBufferFile extends ForwardingFile {

        private final byte[] shared = new byte[1 << 20];
        private final Exchanger<String> meeting = new Exchanger<>();

        SharedBufferFile(DiskFile file) {
            super(file);
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            super.read(position, shared, 0, length);
            meetAnotherReader();
            System.arraycopy(shared, 0, target, offset, length);
        }

        /** Lets two readers have filled the buffer before either copies from it. */
        private void meetAnotherReader() {
            try {
                meeting.exchange("", 10, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // The others are between two reads; the next meeting will do.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class UnclosedFile extends ForwardingFile {

        UnclosedFile(DiskFile file) {
            super(file);
        }

        @Override
        public void close() {
            force();
        }
    }
}
