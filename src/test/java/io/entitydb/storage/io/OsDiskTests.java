package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.io.Disk.Access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The operating system's disk does what every disk does, and what only it can get wrong. */
class OsDiskTests extends DiskContract {

    @TempDir private Path parent;

    private int directories;

    private Path directory() {
        return Path.of(disk().name());
    }

    @Override
    Disk missing() {
        var path = parent.resolve("data" + ++directories);
        return new OsDisk(path, InstantSource.system(), WINDOW_BYTES);
    }

    /** Power cannot be cut here; what is left is that another opener finds the same. */
    @Override
    Disk afterPowerLoss(Disk before) {
        return new OsDisk(Path.of(before.name()));
    }

    @Test
    void parentsAreCreatedForTheOwnerAlone() throws IOException {
        var deep = new OsDisk(parent.resolve("a/b/c"));

        deep.createDirectory();
        deep.open("file", Access.CREATE).close();
        deep.lock("lock").close();

        assertThat(permissions("a")).isEqualTo("rwx------");
        assertThat(permissions("a/b/c")).isEqualTo("rwx------");
        assertThat(permissions("a/b/c/file")).isEqualTo("rw-------");
        assertThat(permissions("a/b/c/lock")).isEqualTo("rw-------");
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve(path)));
    }

    @Test
    void directoriesAreNotListed() throws IOException {
        Files.createDirectory(directory().resolve("query"));
        disk().open("a", Access.CREATE).close();

        assertThat(disk().list()).containsExactly("a");
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
        var path = Files.createFile(parent.resolve("file"));
        var disk = new OsDisk(path);

        assertThatThrownBy(disk::createDirectory).isInstanceOf(StorageIoException.class);
        assertThat(disk.isWritable()).isFalse();
        assertThat(disk.list()).isEmpty();
        assertThatThrownBy(() -> disk.open("a", Access.CREATE))
                .isInstanceOf(StorageIoException.class);
    }

    @Test
    void readOnlyDirectoryIsReadAndNotWritten() throws IOException {
        disk().open("a", Access.CREATE).close();
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("r-x------"));
        assumeThat(Files.isWritable(directory()))
                .as("a user whom permissions bind (root is not)")
                .isFalse();

        assertThat(disk().isWritable()).isFalse();
        assertThat(disk().list()).containsExactly("a");
        disk().open("a", Access.READ).close();
        assertThatThrownBy(() -> disk().open("b", Access.CREATE))
                .isInstanceOf(StorageIoException.class);
        assertThatThrownBy(() -> disk().delete("a")).isInstanceOf(StorageIoException.class);
        assertThatThrownBy(() -> disk().rename("a", "b")).isInstanceOf(StorageIoException.class);
    }

    @Test
    void fullDeviceIsToldApart() throws IOException {
        var device = Path.of("/dev/full");
        assumeThat(device).as("a device that is always full").exists();
        Files.createSymbolicLink(directory().resolve("full"), device);

        try (var file = disk().open("full", Access.WRITE)) {
            assertThatThrownBy(() -> file.write(bytes(1, 2, 3), 0))
                    .isInstanceOfSatisfying(
                            StorageFullException.class,
                            full -> assertThat(full.wanted()).isEqualTo(3));
        }
    }

    @Test
    void clockTellsNanosSinceTheEpoch() {
        var instant = Instant.parse("2026-03-04T05:06:07.000000089Z");
        var disk = new OsDisk(directory(), () -> instant);

        assertThat(disk.now()).isEqualTo(instant.getEpochSecond() * 1_000_000_000L + 89);
        assertThat(new OsDisk(directory()).now()).isGreaterThan(disk.now() / 2);
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "200000, 8", "200000, 100", "100000, 20000"})
    void truncationUnderTheMapFailsTheReadAndNotTheJvm(int warmReads, int length)
            throws IOException {
        try (var child =
                new ChildJvm(
                        TruncationChild.class,
                        directory().toString(),
                        String.valueOf(warmReads),
                        String.valueOf(length))) {
            assertThat(child.line()).isEqualTo("0 then 20");
        }
    }

    @Test
    void truncationUnderTheMapFailsTheReadOfAVirtualThread()
            throws IOException, InterruptedException {
        try (var file = disk().open("a", Access.CREATE)) {
            file.write(ByteBuffer.allocate(1 << 14), 0);
            file.map(1 << 14);
            try (var other = FileChannel.open(directory().resolve("a"), StandardOpenOption.WRITE)) {
                other.truncate(0);
            }
            var failure = new AtomicReference<Throwable>();

            Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, thrown) -> failure.set(thrown))
                    .start(() -> read(file, 1 << 13, 100))
                    .join();

            assertThat(failure.get()).isInstanceOf(StorageIoException.class);
        }
    }

    @Test
    void lockOfAnotherProcessNamesItAndEndsWithIt() throws IOException {
        try (var child = new ChildJvm(LockChild.class, directory().toString())) {
            assertThat(child.line()).startsWith("locked");

            assertThatThrownBy(() -> disk().lock("lock"))
                    .isInstanceOfSatisfying(
                            StorageLockedException.class,
                            locked ->
                                    assertThat(locked.owner()).isEqualTo("process " + child.pid()));
        }

        disk().lock("lock").close();
    }

    @Test
    void ownerThatHasNotWrittenItsPidIsStillAnOwner() throws IOException {
        try (var child = new ChildJvm(LockChild.class, directory().toString())) {
            assertThat(child.line()).startsWith("locked");
            Files.write(directory().resolve("lock"), new byte[0]);

            assertThatThrownBy(() -> disk().lock("lock"))
                    .isInstanceOf(StorageLockedException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void refusedSecondOpenerDoesNotDropTheLock() throws IOException {
        var link = Files.createSymbolicLink(parent.resolve("link"), directory());
        try (var lock = disk().lock("lock")) {
            assertThatThrownBy(() -> new OsDisk(link).lock("lock"))
                    .isInstanceOf(StorageLockedException.class)
                    .hasMessageContaining("this process");
            assertThat(lock).isNotNull();
            assertThat(ownerSeenByAChild()).isEqualTo(ProcessHandle.current().pid());
        }
        assertThat(Files.readString(directory().resolve("lock")))
                .isEqualTo(ProcessHandle.current().pid() + "\n");
    }

    @Test
    void lockHeldOutsideThisClassIsNotDropped() throws IOException {
        try (var channel =
                        FileChannel.open(
                                directory().resolve("lock"),
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                var foreign = channel.lock()) {
            assertThat(foreign.isValid()).isTrue();

            assertThatThrownBy(() -> disk().lock("lock"))
                    .isInstanceOf(StorageLockedException.class)
                    .hasMessageContaining("this process");

            try (var child = new ChildJvm(LockChild.class, directory().toString())) {
                assertThat(child.line()).isEqualTo("refused by another process");
            }
        }
    }

    private long ownerSeenByAChild() throws IOException {
        try (var child = new ChildJvm(LockChild.class, directory().toString())) {
            String line = child.line();
            assertThat(line).startsWith("refused by process ");
            return Long.parseLong(line.substring("refused by process ".length()));
        }
    }
}
