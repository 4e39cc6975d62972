package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Damaged bytes are told from torn ones, named, and never served or dropped. */
class DamageTests {

    private static final int SLOT_BYTES = 4096;
    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    /** A store that was killed, so that all of its log is replayed. */
    private SimulatedDisk killedStore() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "first text");
            store.save("b", "second text");
            store.save("a", "third text");
            store.save("c", "fourth text");
            return disk.snapshotOfCache();
        }
    }

    /** A store that was closed: its log is covered by an index. */
    private SimulatedDisk closedStore() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "first text");
            store.save("b", "second text");
            store.save("a", "third text");
            store.save("c", "fourth text");
        }
        return disk;
    }

    @Test
    void damageInTheReplayedRangeIsNotTakenForATornTail() {
        SimulatedDisk disk = killedStore();
        flip(disk, "second text");
        byte[] damaged = disk.contents(StoreFiles.DATA);

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                requireReadOnlyFromCorruption(store);
                assertThat(store.engine().snapshot().sequence()).isEqualTo(1);
                assertThat(store.text("a")).isEqualTo("first text");
                assertThat(store.text("b")).isNull();
                assertThatThrownBy(() -> store.save("d", "refused"))
                        .isInstanceOf(StorageReadOnlyException.class);
                assertThatThrownBy(() -> store.engine().checkpoint())
                        .isInstanceOf(StorageReadOnlyException.class);
                RecoveryReport report = store.engine().status().recovery();
                assertThat(report).isNotNull();
                assertThat(report.outcome()).isEqualTo(RecoveryReport.Outcome.DAMAGED);
                assertThat(report.damage()).isNotNull();
                assertThat(report.damage().afterSequence()).isEqualTo(1);
            }
            assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(damaged);
        }
    }

    @Test
    void damageIsProvenByTheHeaderWhereNoLaterFrameDoes() {
        SimulatedDisk disk = new SimulatedDisk(5);
        SimulatedDisk killed;
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofMillis(1)))) {
            store.save("a", "first text");
            store.save("b", "second text");
            await().until(() -> publishedSequence(store) == 2);
            killed = disk.snapshotOfCache();
        }
        flip(killed, "second text");

        try (TextStore store = TextStore.open(killed, OPTIONS)) {
            requireReadOnlyFromCorruption(store);
            assertThat(store.text("a")).isEqualTo("first text");
        }
    }

    private static long publishedSequence(TextStore store) {
        var header = store.engine().status().header();
        return header == null ? -1 : header.walSequence();
    }

    /** The stated exception: nothing tells the last batch before an idle moment from a torn one. */
    @Test
    void lastBatchThatNothingWitnessesIsTorn() {
        SimulatedDisk disk = killedStore();
        flip(disk, "fourth text");

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(store.engine().snapshot().sequence()).isEqualTo(3);
            assertThat(store.text("a")).isEqualTo("third text");
            assertThat(store.text("c")).isNull();
            assertThat(store.save("c", "again")).isEqualTo(4);
        }
    }

    @Test
    void damageBehindTheCheckpointConcernsOneVersionOnly() {
        SimulatedDisk disk = closedStore();
        flip(disk, "second text");

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThatThrownBy(() -> store.text("b"))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining(StoreFiles.DATA);
            assertThatThrownBy(() -> store.save("b", "over a version that nobody can read"))
                    .isInstanceOf(DamagedEntityException.class);
            assertThat(store.engine().status().damagedVersions()).isEqualTo(2);
            assertThat(store.text("a")).isEqualTo("third text");
            assertThat(store.text("c")).isEqualTo("fourth text");
            assertThat(store.engine().snapshotAt(1).latest(TextStore.key("a"))).isPresent();
            assertThat(store.save("d", "writes go on")).isEqualTo(5);
        }
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.text("d")).isEqualTo("writes go on");
        }
    }

    @Test
    void damagedEarlierVersionLeavesTheNewestOneReadable() {
        SimulatedDisk disk = closedStore();
        flip(disk, "first text");

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.text("a")).isEqualTo("third text");
            assertThatThrownBy(() -> store.engine().snapshotAt(1).latest(TextStore.key("a")))
                    .isInstanceOf(CorruptDataException.class);
            assertThat(store.text("b")).isEqualTo("second text");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneDamagedHeaderSlotIsNoLoss(int slot) {
        SimulatedDisk disk = closedStore();
        byte[] bytes = disk.contents(StoreFiles.DATA);
        Arrays.fill(bytes, slot * SLOT_BYTES, slot * SLOT_BYTES + SLOT_BYTES, (byte) 0x5a);
        disk.replace(StoreFiles.DATA, bytes);

        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                assertThat(store.text("a")).isEqualTo(opening == 0 ? "third text" : "fifth text");
                assertThat(store.text("c")).isEqualTo("fourth text");
                store.save("a", "fifth text");
            }
        }
    }

    @Test
    void storeWithoutAValidHeaderIsRefusedAsItIs() {
        SimulatedDisk disk = closedStore();
        byte[] bytes = disk.contents(StoreFiles.DATA);
        bytes[100] ^= 1;
        bytes[SLOT_BYTES + 100] ^= 1;

        requireRefused(disk, bytes, RecoveryFailedException.class);
    }

    @Test
    void fileThatIsNoStoreIsRefusedAsItIs() {
        byte[] letter = "Dear Sir or Madam, ".repeat(1000).getBytes(StandardCharsets.UTF_8);

        requireRefused(new SimulatedDisk(1), letter, UnsupportedFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, SLOT_BYTES, 2 * SLOT_BYTES - 1, 2 * SLOT_BYTES, 9000})
    void shortFileOfZerosIsRefusedAsItIs(int length) {
        requireRefused(new SimulatedDisk(1), new byte[length], StorageException.class);
    }

    @Test
    void fileOfANewerVersionIsRefusedAsItIs() {
        byte[] newer = closedStore().contents(StoreFiles.DATA);
        newer[4] = 6;
        newer[SLOT_BYTES + 4] = 6;

        requireRefused(new SimulatedDisk(1), newer, UnsupportedFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 255, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void fileOfAnotherVersionIsRefusedAsItIs(int version) {
        byte[] other = closedStore().contents(StoreFiles.DATA);
        ByteBuffer fields = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(4, version).putInt(SLOT_BYTES + 4, version);

        requireRefused(new SimulatedDisk(1), other, UnsupportedFormatException.class);
    }

    @Test
    void fileThatIsShorterThanItsHeaderSaysIsDamaged() {
        SimulatedDisk disk = closedStore();
        byte[] bytes = disk.contents(StoreFiles.DATA);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - SLOT_BYTES);
        disk.replace(StoreFiles.DATA, shorter);

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            requireReadOnlyFromCorruption(store);
            assertThat(store.text("c")).isEqualTo("fourth text");
        }
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(shorter);
    }

    @Test
    void derivedFilesWithoutTheStoreAreRefused() {
        SimulatedDisk disk = closedStore();
        disk.delete(StoreFiles.DATA);

        assertThatThrownBy(() -> TextStore.open(disk, OPTIONS))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("entities.idx");
        assertThat(disk.list()).doesNotContain(StoreFiles.DATA);
    }

    @Test
    void secondOpenerIsRefusedAndTheFirstGoesOn() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("a", "first text");

            assertThatThrownBy(() -> TextStore.open(disk, OPTIONS))
                    .isInstanceOf(StorageLockedException.class);

            assertThat(store.save("a", "goes on")).isEqualTo(2);
            assertThat(disk.openFiles()).isEqualTo(1);
        }
    }

    private static void requireRefused(
            SimulatedDisk disk, byte[] bytes, Class<? extends StorageException> refusal) {
        disk.replace(StoreFiles.DATA, bytes);

        StorageEngine engine = StorageEngine.over(disk, OPTIONS, StorageObserver.NONE);
        assertThatThrownBy(engine::open).isInstanceOf(refusal);

        assertThat(engine.state()).isInstanceOf(StoreState.Failed.class);
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(bytes);
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
    }

    private static void requireReadOnlyFromCorruption(TextStore store) {
        assertThat(store.state())
                .asInstanceOf(type(StoreState.ReadOnly.class))
                .extracting(StoreState.ReadOnly::reason)
                .isEqualTo(StoreState.Reason.CORRUPTION);
    }

    /** Flips one bit in the only place where a text stands. */
    private static void flip(SimulatedDisk disk, String text) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = whole.indexOf(text);
        assertThat(at).isPositive().isEqualTo(whole.lastIndexOf(text));
        bytes[at] ^= 1;
        disk.replace(StoreFiles.DATA, bytes);
    }
}
