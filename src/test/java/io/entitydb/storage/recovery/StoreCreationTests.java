package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlot;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class StoreCreationTests {

    private static final int GROWTH = 1 << 16;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Test
    void bothSlotsOfANewStoreAreValid() {
        new StoreCreation(disk, GROWTH).run();

        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            HeaderSlots slots = HeaderSlots.read(file);
            Header newest = slots.newest();
            assertThat(newest.generation()).isEqualTo(2);
            assertThat(slots.b()).isEqualTo(new HeaderSlot.Valid(newest.withGeneration(1)));
            assertThat(newest.fileSize()).isEqualTo(Header.DATA_OFFSET + GROWTH);
            assertThat(file.size()).isEqualTo(newest.fileSize());
        }
    }

    @Test
    void halfMadeStoreIsGivenUp() {
        try (DiskFile file = disk.open(StoreFiles.CREATING, Disk.Access.CREATE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 2L * GROWTH);
        }

        new StoreCreation(disk, GROWTH).run();

        assertThat(disk.list()).containsExactly(StoreFiles.DATA);
        assertThat(disk.contents(StoreFiles.DATA)).hasSize((int) Header.DATA_OFFSET + GROWTH);
    }

    @Test
    void allOfItIsForcedBeforeItHasItsName() {
        new StoreCreation(disk, GROWTH).run();

        assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(2);
        assertThat(disk.control().calls(DiskCall.FORCE_DIRECTORY)).isEqualTo(1);
        assertThat(disk.pendingChanges()).isZero();
        assertThat(disk.openFiles()).isZero();
    }
}
