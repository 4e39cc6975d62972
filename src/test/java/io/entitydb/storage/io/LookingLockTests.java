package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.entitydb.storage.error.StorageLockedException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/** Looking at a directory of the operating system writes nothing, and owners notice it. */
class LookingLockTests {

    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);
    private static final String PAST_OWNER = "4711\n";

    @TempDir private Path directory;
    private OsDisk disk;

    @BeforeEach
    void leaveALockFile() throws IOException {
        disk = new OsDisk(directory);
        Files.writeString(lockFile(), PAST_OWNER);
        Files.setLastModifiedTime(lockFile(), LONG_AGO);
    }

    private Path lockFile() {
        return directory.resolve("lock");
    }

    private String childThatWants(String... how) throws IOException {
        String[] arguments = new String[how.length + 1];
        arguments[0] = directory.toString();
        System.arraycopy(how, 0, arguments, 1, how.length);
        try (ChildJvm child = new ChildJvm(LockChild.class, arguments)) {
            return child.line();
        }
    }

    @Test
    void fileStaysAsItWas() throws IOException {
        disk.lockToLook("lock").close();

        assertThat(lockFile()).hasContent(PAST_OWNER.strip());
        assertThat(Files.getLastModifiedTime(lockFile())).isEqualTo(LONG_AGO);
    }

    @Test
    void ownerInAnotherProcessIsNamed() throws IOException {
        try (ChildJvm owner = new ChildJvm(LockChild.class, directory.toString())) {
            assertThat(owner.line()).startsWith("locked");

            assertThatThrownBy(() -> disk.lockToLook("lock"))
                    .isInstanceOfSatisfying(
                            StorageLockedException.class,
                            locked ->
                                    assertThat(locked.owner()).isEqualTo("process " + owner.pid()));
        }
    }

    /** A pid of the past in the message would send an operator after the wrong process. */
    @Test
    void whoLooksKeepsOwnersOutAndIsNotTakenForThePastOwner() throws IOException {
        try (DiskLock looking = disk.lockToLook("lock")) {
            assertThat(looking).isNotNull();
            assertThat(childThatWants()).isEqualTo("refused by a command that reads it");
            assertThat(childThatWants("to look")).startsWith("locked");
            assertThat(childThatWants()).isEqualTo("refused by a command that reads it");
        }
        assertThat(lockFile()).hasContent(PAST_OWNER.strip());
        assertThat(childThatWants()).startsWith("locked");
    }

    /** Closing a channel on the file would drop what this process holds already. */
    @Test
    void refusedLookDoesNotDropTheLockOfThisProcess() throws IOException {
        try (DiskLock owner = disk.lock("lock")) {
            assertThat(owner).isNotNull();
            assertThatThrownBy(() -> disk.lockToLook("lock"))
                    .isInstanceOf(StorageLockedException.class);
            assertThat(childThatWants("to look"))
                    .isEqualTo("refused by process " + ProcessHandle.current().pid());
        }
        try (DiskLock looking = disk.lockToLook("lock")) {
            assertThat(looking).isNotNull();
            assertThatThrownBy(() -> disk.lock("lock")).isInstanceOf(StorageLockedException.class);
            assertThatThrownBy(() -> disk.lockToLook("lock"))
                    .isInstanceOf(StorageLockedException.class);
            assertThat(childThatWants()).isEqualTo("refused by a command that reads it");
        }
    }

    @Test
    void directoryAndFileThatTakeNoWritesAreLockedAllTheSame() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(lockFile(), PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (DiskLock looking = disk.lockToLook("lock")) {
            assertThat(looking).isInstanceOf(OsDiskLock.class);
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
