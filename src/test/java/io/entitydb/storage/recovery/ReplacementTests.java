package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** A new file takes the place of the old one, or the old one has it again. */
class ReplacementTests {

    private static final byte OLD = 1;
    private static final byte NEW = 2;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    private void write(String name, byte content) {
        try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
            file.write(ByteBuffer.wrap(new byte[] {content}), 0);
            file.force();
        }
    }

    private void bothFiles() {
        write(StoreFiles.DATA, OLD);
        write(StoreFiles.CREATING, NEW);
    }

    @Test
    void oldFileIsKeptUnderANameOfItsOwn() {
        bothFiles();
        long before = disk.control().calls(DiskCall.FORCE_DIRECTORY);

        String aside = new Replacement(disk).run();

        assertThat(aside).matches("entities\\.edb\\.\\d{8}T\\d{6}Z\\.old");
        assertThat(Replacement.isAside(aside)).isTrue();
        assertThat(disk.list()).containsExactlyInAnyOrder(StoreFiles.DATA, aside);
        assertThat(disk.contents(StoreFiles.DATA)).containsExactly(NEW);
        assertThat(disk.contents(aside)).containsExactly(OLD);
        assertThat(disk.control().calls(DiskCall.FORCE_DIRECTORY) - before).isEqualTo(3);
    }

    @Test
    void filesOfOneSecondAreKeptApart() {
        bothFiles();
        String first = new Replacement(disk).run();
        write(StoreFiles.CREATING, NEW);
        String second = new Replacement(disk).run();
        write(StoreFiles.CREATING, NEW);
        String third = new Replacement(disk).run();

        assertThat(second).isEqualTo(first.replace(".old", "-2.old"));
        assertThat(third).isEqualTo(first.replace(".old", "-3.old"));
        assertThat(disk.contents(first)).containsExactly(OLD);
    }

    @Test
    void oldFileHasItsPlaceAgainIfTheNewOneCannotTakeIt() {
        bothFiles();
        disk.control().inject(Fault.of(DiskCall.RENAME, Fault.Effect.IO_ERROR).at(2));
        long before = disk.control().calls(DiskCall.FORCE_DIRECTORY);

        StorageIoException failure =
                catchThrowableOfType(StorageIoException.class, () -> new Replacement(disk).run());

        assertThat(failure).hasNoSuppressedExceptions();
        assertThat(disk.list()).containsExactlyInAnyOrder(StoreFiles.DATA, StoreFiles.CREATING);
        assertThat(disk.contents(StoreFiles.DATA)).containsExactly(OLD);
        assertThat(disk.control().calls(DiskCall.FORCE_DIRECTORY) - before).isEqualTo(3);
    }

    @Test
    void failureToUndoIsToldBesideTheFirstOne() {
        bothFiles();
        disk.control().inject(Fault.of(DiskCall.RENAME, Fault.Effect.IO_ERROR).at(2).sticky());

        StorageIoException failure =
                catchThrowableOfType(StorageIoException.class, () -> new Replacement(disk).run());

        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(disk.list()).contains(StoreFiles.CREATING).doesNotContain(StoreFiles.DATA);
    }

    @Test
    void newNameIsDurableWhenAReplacementIsFinished() {
        new StoreCreation(disk, 1 << 16).run();
        disk.rename(StoreFiles.DATA, StoreFiles.CREATING);
        disk.forceDirectory();

        new Replacement(disk).finish();

        assertThat(disk.list()).containsExactly(StoreFiles.DATA);
        assertThat(disk.pendingChanges()).isZero();
    }

    @Test
    void onlyNamesOfReplacedFilesAreAside() {
        assertThat(Replacement.isAside(StoreFiles.DATA)).isFalse();
        assertThat(Replacement.isAside(StoreFiles.CREATING)).isFalse();
        assertThat(Replacement.isAside("other.old")).isFalse();
        assertThat(Replacement.isAside("entities.edb.x.old")).isTrue();
    }
}
