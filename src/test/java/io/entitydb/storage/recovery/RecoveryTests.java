package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameChain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Which files a store is opened from, and from which image. */
class RecoveryTests {

    private static final String ASIDE = "entities.edb.20240101T000000Z.old";
    private static final int GROWTH = 1 << 16;

    private static void open(Disk disk, boolean isReadOnly) {
        new Recovery(disk, new RecoveryOptions(isReadOnly, GROWTH, false))
                .run((done, total) -> {})
                .file()
                .close();
    }

    /** A directory in which a replacement was cut short. */
    private static SimulatedDisk cutShort() {
        SimulatedDisk disk = new SimulatedDisk(1);
        open(disk, false);
        byte[] store = disk.contents(StoreFiles.DATA);
        disk.rename(StoreFiles.DATA, ASIDE);
        try (DiskFile file = disk.open(StoreFiles.CREATING, Disk.Access.CREATE)) {
            file.write(ByteBuffer.wrap(store), 0);
        }
        return disk;
    }

    @Test
    void openingReadOnlyMakesNoStore() {
        SimulatedDisk disk = new SimulatedDisk(1);

        assertThatThrownBy(() -> open(disk, true))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("no entities.edb to open read-only");
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void storeIsMadeOnceAndThenFound() {
        SimulatedDisk disk = new SimulatedDisk(1);
        RecoveryOptions options = new RecoveryOptions(false, GROWTH, false);

        RecoveredStore made = new Recovery(disk, options).run((done, total) -> {});
        RecoveredStore found = new Recovery(disk, options).run((done, total) -> {});

        assertThat(made.findings().isCreated()).isTrue();
        assertThat(found.findings().isCreated()).isFalse();
        assertThat(found.headerSync().current().identity())
                .isEqualTo(made.headerSync().current().identity());
    }

    @Test
    void halfMadeFileBesideTheStoreIsGivenUp() {
        SimulatedDisk disk = new SimulatedDisk(1);
        open(disk, false);
        disk.replace(StoreFiles.CREATING, new byte[] {1});

        open(disk, true);
        assertThat(disk.list()).contains(StoreFiles.CREATING);

        open(disk, false);
        assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
    }

    @ParameterizedTest
    @ValueSource(strings = {ImageWriter.FILE, LedgerReading.FILE})
    void noStoreIsMadeWhereOneIsMissing(String left) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(left, new byte[] {1});

        assertThatThrownBy(() -> open(disk, false))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.edb is missing, but " + left + " is there");
        assertThat(disk.list()).containsExactly(left);
    }

    @Test
    void replacementThatWasCutShortIsFinished() {
        SimulatedDisk disk = cutShort();

        RecoveredStore opened =
                new Recovery(disk, new RecoveryOptions(false, GROWTH, false))
                        .run((done, total) -> {});

        assertThat(opened.findings().isCreated()).isFalse();
        assertThat(disk.list()).contains(StoreFiles.DATA, ASIDE);
        assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
    }

    @Test
    void replacementIsNotFinishedReadOnly() {
        SimulatedDisk disk = cutShort();

        assertThatThrownBy(() -> open(disk, true))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.edb is missing, but " + ASIDE + " is there");
        assertThat(disk.list()).containsExactlyInAnyOrder(StoreFiles.CREATING, ASIDE);
    }

    @Test
    void fileThatIsShorterThanItsHeaderSaysTakesNoPlace() {
        SimulatedDisk disk = cutShort();
        byte[] whole = disk.contents(StoreFiles.CREATING);
        disk.replace(StoreFiles.CREATING, Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> open(disk, false))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.edb.new cannot take its place: it is too short");
        assertThat(disk.list()).containsExactlyInAnyOrder(StoreFiles.CREATING, ASIDE);
    }

    @Test
    void fileWithoutAHeaderTakesNoPlace() {
        SimulatedDisk disk = cutShort();
        disk.replace(StoreFiles.CREATING, new byte[100_000]);

        assertThatThrownBy(() -> open(disk, false))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.edb.new cannot take its place: ");
    }

    @Test
    void damagedHeaderIsRefusedByWhatItIs() {
        SimulatedDisk disk = new SimulatedDisk(1);
        open(disk, false);
        byte[] bytes = disk.contents(StoreFiles.DATA);
        bytes[200] ^= 1;
        bytes[4_096 + 200] ^= 1;
        disk.replace(StoreFiles.DATA, bytes);

        assertThatThrownBy(() -> open(disk, false))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("no valid header slot");
        assertThat(disk.openFiles()).isZero();
    }

    /** An image that fits by all it says, and ends where no frame of the log does. */
    private static HandmadeStore withForeignImage() {
        HandmadeStore store = new HandmadeStore();
        long record = store.add(HandmadeStore.KEY, 1, 0);
        FrameChain first = store.border();
        store.add(HandmadeStore.OTHER, 1, 0);
        store.publish();
        FrameChain foreign =
                new FrameChain(
                        first.position() + 8,
                        first.frameNumber(),
                        first.crc(),
                        first.sequence(),
                        first.commitTime(),
                        first.digest());
        EntityIndex index = new EntityIndex();
        KeyHash hash = new KeyHash(store.header().identity().secret());
        index.replay(hash.of(HandmadeStore.KEY), 0, record, position -> false);
        store.image(
                index, foreign, 1, new CoveredTransaction(foreign.sequence(), foreign.digest()));
        return store;
    }

    @Test
    void imageOfAnotherHistoryIsNotGoneOnFromWhereTheLogIsWhole() {
        HandmadeStore store = withForeignImage();

        RecoveredStore opened = store.open();

        assertThat(opened.findings().isIndexRebuilt()).isTrue();
        assertThat(opened.findings().indexProblem())
                .isEqualTo("log does not go on where the image ends");
        assertThat(opened.findings().damage()).isNull();
        assertThat(opened.wal().tail().sequence()).isEqualTo(2);
        assertThat(opened.index().size()).isEqualTo(2);
    }

    @Test
    void imageIsGoneOnFromWhereTheLogIsDamagedBeforeItsEnd() {
        HandmadeStore store = withForeignImage();
        store.flip(Header.DATA_OFFSET + 8);

        RecoveredStore opened = store.open();

        assertThat(opened.findings().isIndexRebuilt()).isFalse();
        assertThat(opened.findings().damage()).isNotNull();
    }
}
