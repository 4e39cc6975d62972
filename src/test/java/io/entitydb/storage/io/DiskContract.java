package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.io.Disk.Access;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What every disk does. A subclass says which. */
abstract class DiskContract {

    /** Size of the windows of disks that map in windows. */
    static final int WINDOW_BYTES = 1 << 16;

    private Disk disk = new SimulatedDisk(0);

    /** A disk whose directory has yet to be created. */
    abstract Disk missing();

    /** A disk on the same directory, as far as power loss may have left it. */
    abstract Disk afterPowerLoss(Disk before);

    @BeforeEach
    final void createDisk() {
        disk = missing();
        disk.createDirectory();
    }

    final Disk disk() {
        return disk;
    }

    static ByteBuffer bytes(int... values) {
        var buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    static byte[] read(DiskFile file, long position, int length) {
        var target = new byte[length];
        file.read(position, target, 0, length);
        return target;
    }

    @Test
    void missingDirectoryIsEmptyAndTakesNoFile() {
        var missing = missing();

        assertThat(missing.list()).isEmpty();
        assertThat(missing.isWritable()).isFalse();
        assertThatThrownBy(() -> missing.open("a", Access.CREATE))
                .isInstanceOf(StorageIoException.class);
        assertThatThrownBy(() -> missing.lock("a")).isInstanceOf(StorageIoException.class);
    }

    @Test
    void createdDirectoryTakesWritesAndMayBeCreatedAgain() {
        disk.createDirectory();

        assertThat(disk.isWritable()).isTrue();
        assertThat(disk.list()).isEmpty();
        assertThat(disk.usableBytes()).isPositive();
        assertThat(disk.name()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../a", "/a", "a\\b", "a\0b"})
    void nameThatIsNotPlainIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> disk.open(name, Access.CREATE));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.rename(name, "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.rename("b", name));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.delete(name));
        assertThatIllegalArgumentException().isThrownBy(() -> disk.lock(name));
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void createdFileIsEmptyAndListed() {
        try (var file = disk.open("a", Access.CREATE)) {
            assertThat(file.name()).isEqualTo("a");
            assertThat(file.size()).isZero();
        }

        assertThat(disk.list()).containsExactly("a");
    }

    @Test
    void createRefusesAFileThatExists() {
        disk.open("a", Access.CREATE).close();

        assertThatThrownBy(() -> disk.open("a", Access.CREATE))
                .isInstanceOf(StorageIoException.class)
                .hasMessageContaining("open a");
    }

    @Test
    void openRefusesAFileThatIsMissing() {
        assertThatThrownBy(() -> disk.open("a", Access.READ))
                .isInstanceOf(StorageIoException.class)
                .hasMessageContaining("open a");
        assertThatThrownBy(() -> disk.open("a", Access.WRITE))
                .isInstanceOf(StorageIoException.class);
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void listIsSorted() {
        for (var name : new String[] {"b", "c", "B", "a", "a.tmp"}) {
            disk.open(name, Access.CREATE).close();
        }

        assertThat(disk.list()).containsExactly("B", "a", "a.tmp", "b", "c");
    }

    @Test
    void writtenBytesAreRead() {
        try (var file = disk.open("a", Access.CREATE)) {
            var source = bytes(9, 1, 2, 3, 9).position(1).limit(4);
            file.write(source, 5);
            file.map(8);

            assertThat(source.position()).isEqualTo(4);
            assertThat(file.size()).isEqualTo(8);
            assertThat(read(file, 0, 8)).containsExactly(0, 0, 0, 0, 0, 1, 2, 3);
        }
    }

    @Test
    void readFillsTheAskedPartOfTheTarget() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1, 2, 3), 0);
            file.map(3);
            var target = new byte[] {9, 9, 9, 9};

            file.read(1, target, 1, 2);

            assertThat(target).containsExactly(9, 2, 3, 9);
            assertThatThrownBy(() -> file.read(0, target, 3, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void overwriteIsSeenThroughTheMap() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1, 2, 3), 0);
            file.map(3);

            file.write(bytes(7), 1);

            assertThat(read(file, 0, 3)).containsExactly(1, 7, 3);
        }
    }

    @Test
    void directBufferIsWritten() {
        try (var file = disk.open("a", Access.CREATE)) {
            var source = ByteBuffer.allocateDirect(3).put(bytes(1, 2, 3)).flip();
            file.write(source, 0);
            file.map(3);

            assertThat(source.hasRemaining()).isFalse();
            assertThat(read(file, 0, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void readCrossesTheBordersOfWindows() {
        try (var file = disk.open("a", Access.CREATE)) {
            var content = new byte[3 * WINDOW_BYTES + 100];
            new SplittableRandom(1).nextBytes(content);
            file.write(ByteBuffer.wrap(content), 0);
            file.map(WINDOW_BYTES);
            file.map(2 * WINDOW_BYTES + 17);
            file.map(content.length);

            assertThat(read(file, 0, content.length)).isEqualTo(content);
            assertThat(read(file, WINDOW_BYTES - 1, 2))
                    .containsExactly(content[WINDOW_BYTES - 1], content[WINDOW_BYTES]);
            assertThat(read(file, content.length, 0)).isEmpty();
        }
    }

    /** Many small steps, many in one window, some that fill several, all read after each. */
    @Test
    void whatGrowsInStepsIsReadWhole() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var file = disk.open("a", Access.CREATE)) {
            var content = new byte[40 * WINDOW_BYTES];
            random.nextBytes(content);
            file.write(ByteBuffer.wrap(content), 0);
            int size = 0;
            while (size < content.length) {
                int step = random.nextInt(20) == 0 ? 3 * WINDOW_BYTES : WINDOW_BYTES / 100;
                size = Math.min(content.length, size + random.nextInt(1, step + 1));
                file.map(size);
                int from = random.nextInt(size);
                int length = random.nextInt(Math.min(size - from, 3 * WINDOW_BYTES)) + 1;
                assertThat(read(file, from, length))
                        .as("seed %d", seed)
                        .isEqualTo(Arrays.copyOfRange(content, from, from + length));
            }
            assertThat(read(file, 0, size)).as("seed %d", seed).isEqualTo(content);
        }
    }

    @Test
    void readOutsideTheMapIsRefused() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1, 2, 3, 4), 0);
            assertThatThrownBy(() -> read(file, 0, 1)).isInstanceOf(StorageIoException.class);
            file.map(3);

            assertThat(read(file, 0, 3)).containsExactly(1, 2, 3);
            for (long position : new long[] {3, 4, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThatThrownBy(() -> read(file, position, 1))
                        .isInstanceOf(StorageIoException.class)
                        .hasMessageContaining("read a at " + position);
            }
            assertThatThrownBy(() -> read(file, 2, 2)).isInstanceOf(StorageIoException.class);
        }
    }

    @Test
    void smallerMapChangesNothing() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1, 2, 3), 0);
            file.map(3);
            file.map(1);

            assertThat(read(file, 0, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void mapBeyondTheEndIsRefusedAndDoesNotGrowTheFile() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1), 0);

            assertThatThrownBy(() -> file.map(2)).isInstanceOf(StorageIoException.class);

            assertThat(file.size()).isEqualTo(1);
        }
    }

    @Test
    void fileOpenedForReadingIsNotWritten() {
        disk.open("a", Access.CREATE).close();
        try (var file = disk.open("a", Access.READ)) {
            assertThatThrownBy(() -> file.write(bytes(1), 0))
                    .isInstanceOf(StorageIoException.class);
            assertThat(file.size()).isZero();
        }
    }

    @Test
    void writeBeforeTheBeginningIsRefused() {
        try (var file = disk.open("a", Access.CREATE)) {
            assertThatThrownBy(() -> file.write(bytes(1), -1))
                    .isInstanceOf(StorageIoException.class);
        }
    }

    @Test
    void closedFileRefusesEverything() {
        var file = disk.open("a", Access.CREATE);
        file.write(bytes(1), 0);
        file.map(1);
        file.close();
        file.close();

        assertThatThrownBy(() -> file.write(bytes(1), 0))
                .isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(file::force).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(file::size).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> file.map(1)).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> read(file, 0, 1)).isInstanceOf(StorageClosedException.class);
        assertThatThrownBy(() -> read(file, 0, 0)).isInstanceOf(StorageClosedException.class);
    }

    @Test
    void interruptedThreadReads() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1), 0);
            file.map(1);

            Thread.currentThread().interrupt();
            var content = read(file, 0, 1);
            boolean isInterrupted = Thread.interrupted();

            assertThat(content).containsExactly(1);
            assertThat(isInterrupted).isTrue();
            assertThat(read(file, 0, 1)).containsExactly(1);
        }
    }

    @Test
    void interruptedThreadWritesAndTheFileStaysOpen() {
        try (var file = disk.open("a", Access.CREATE)) {
            Thread.currentThread().interrupt();
            file.write(bytes(1, 2), 0);
            file.force();
            file.map(2);
            disk.forceDirectory();
            long size = file.size();
            boolean isInterrupted = Thread.interrupted();

            assertThat(size).isEqualTo(2);
            assertThat(isInterrupted).isTrue();
            file.write(bytes(3), 1);
            assertThat(read(file, 0, 2)).containsExactly(1, 3);
        }
    }

    @Test
    void growthIsSeenByFourReaders() {
        ConcurrentReads.growWhileFourRead(disk);
    }

    @Test
    void readersOfAFileThatIsClosedAreToldSo() {
        ConcurrentReads.closeWhileFourRead(disk);
    }

    @Test
    void renameReplacesAndOpenFilesFollow() {
        try (var old = disk.open("b", Access.CREATE);
                var file = disk.open("a", Access.CREATE)) {
            old.write(bytes(9), 0);
            file.write(bytes(1), 0);

            disk.rename("a", "b");
            file.write(bytes(2), 1);
            old.map(1);

            assertThat(disk.list()).containsExactly("b");
            assertThat(read(old, 0, 1)).containsExactly(9);
        }
        try (var file = disk.open("b", Access.READ)) {
            file.map(2);
            assertThat(read(file, 0, 2)).containsExactly(1, 2);
        }
    }

    @Test
    void renameOfAMissingFileIsRefused() {
        disk.open("b", Access.CREATE).close();

        assertThatThrownBy(() -> disk.rename("a", "b")).isInstanceOf(StorageIoException.class);

        assertThat(disk.list()).containsExactly("b");
    }

    @Test
    void deletedFileIsGoneAndMayBeMissing() {
        try (var file = disk.open("a", Access.CREATE)) {
            file.write(bytes(1), 0);
            file.map(1);

            disk.delete("a");
            disk.delete("a");

            assertThat(disk.list()).isEmpty();
            assertThat(read(file, 0, 1)).containsExactly(1);
        }
    }

    @Test
    void lockIsHeldOnceAndTakenAgainAfterRelease() {
        var lock = disk.lock("lock");

        assertThatThrownBy(() -> disk.lock("lock"))
                .isInstanceOfSatisfying(
                        StorageLockedException.class,
                        locked -> {
                            assertThat(locked.owner()).isEqualTo("this process");
                            assertThat(locked.directory()).isEqualTo(disk.name());
                        });

        lock.close();
        lock.close();
        disk.lock("lock").close();
        assertThat(disk.list()).containsExactly("lock");
    }

    @Test
    void lookingIsRefusedByAnOwnerAndMakesNoFile() {
        disk.lockToLook("lock").close();
        assertThat(disk.list()).isEmpty();

        try (var owner = disk.lock("lock")) {
            assertThat(owner).isNotNull();
            assertThatThrownBy(() -> disk.lockToLook("lock"))
                    .isInstanceOfSatisfying(
                            StorageLockedException.class,
                            locked -> assertThat(locked.owner()).isEqualTo("this process"));
            assertThatThrownBy(() -> disk.lock("lock")).isInstanceOf(StorageLockedException.class);
        }
    }

    @Test
    void ownerIsRefusedByWhoLooksUntilThatEnds() {
        disk.lock("lock").close();
        try (var looking = disk.lockToLook("lock")) {
            assertThat(looking).isNotNull();
            assertThatThrownBy(() -> disk.lock("lock")).isInstanceOf(StorageLockedException.class);
        }
        disk.lock("lock").close();
    }

    @Test
    void closingAReleasedLockDoesNotReleaseItsSuccessor() {
        var first = disk.lock("lock");
        first.close();
        try (var second = disk.lock("lock")) {
            first.close();

            assertThat(second).isNotSameAs(first);
            assertThatThrownBy(() -> disk.lock("lock")).isInstanceOf(StorageLockedException.class);
        }
    }

    @Test
    void forcedBytesSurvivePowerLoss() {
        try (var file = disk.open("a.tmp", Access.CREATE)) {
            file.write(bytes(1, 2, 3), 0);
            file.force();
            disk.rename("a.tmp", "a");
            disk.forceDirectory();
        }

        var after = afterPowerLoss(disk);

        assertThat(after.list()).containsExactly("a");
        try (var file = after.open("a", Access.WRITE)) {
            file.map(file.size());
            assertThat(read(file, 0, 3)).containsExactly(1, 2, 3);
        }
    }
}
