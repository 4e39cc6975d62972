package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.ThreadMXBean;

import io.entitydb.entity.HistoryRange;
import io.entitydb.regression.Regression;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lengths that nobody wrote: 0, near 2³¹ and 2³², text, and off by a little. They are named as
 * damage or are no frame at all; they are never corrected, never believed, and cost nothing.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GarbageLengthTests {

    private static final int FRAME_LENGTH_OFFSET = 8;
    private static final int FRAME_HEADER_BYTES = 104;
    private static final int SLOT_BYTES = 4096;
    private static final int SIZE_IN_HEADER = 88;
    private static final long MOST_ALLOCATED = 96L << 20;
    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private SimulatedDisk killedStore() {
        SimulatedDisk disk = new SimulatedDisk(7);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            fill(store);
            return disk.snapshotOfCache();
        }
    }

    private SimulatedDisk closedStore() {
        SimulatedDisk disk = new SimulatedDisk(7);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            fill(store);
        }
        return disk;
    }

    private static void fill(TextStore store) {
        store.save("a", "first text");
        store.save("b", "second text");
        store.save("a", "third text");
        store.save("c", "fourth text");
    }

    @Regression(7)
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x64726f57, 304, -8})
    void scenario07LengthOfAFrameInTheReplayedRangeIsNamedAsDamage(int garbage) {
        SimulatedDisk disk = killedStore();
        int frame = frames(disk).get(3);
        put(disk, frame + FRAME_LENGTH_OFFSET, garbage);
        byte[] damaged = disk.contents(StoreFiles.DATA);

        requireCheap(
                () -> {
                    try (TextStore store = TextStore.open(disk, OPTIONS)) {
                        requireReadOnlyFromCorruption(store);
                        assertThat(store.engine().snapshot().sequence()).isEqualTo(1);
                        assertThat(store.text("a")).isEqualTo("first text");
                        RecoveryReport report = store.engine().status().recovery();
                        assertThat(report).isNotNull();
                        assertThat(report.damage())
                                .isNotNull()
                                .extracting(RecoveryReport.Damage::position)
                                .isEqualTo((long) frame);
                    }
                });
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(damaged);
    }

    @Regression(7)
    @ParameterizedTest
    @ValueSource(ints = {0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x64726f57})
    void scenario07LengthOfTheLastFrameIsATornTail(int garbage) {
        SimulatedDisk disk = killedStore();
        put(disk, frames(disk).getLast() + FRAME_LENGTH_OFFSET, garbage);

        requireCheap(
                () -> {
                    try (TextStore store = TextStore.open(disk, OPTIONS)) {
                        assertThat(store.state()).isEqualTo(new StoreState.Ready());
                        assertThat(store.text("a")).isEqualTo("third text");
                        assertThat(store.text("c")).isNull();
                        assertThat(store.save("c", "again")).isEqualTo(4);
                    }
                });
    }

    @Regression(7)
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x64726f57, 5_000_000})
    void scenario07LengthOfARecordIsNeverBelieved(int garbage) {
        SimulatedDisk disk = closedStore();
        put(disk, frames(disk).get(3) + FRAME_HEADER_BYTES, garbage);

        requireCheap(
                () -> {
                    try (TextStore store = TextStore.open(disk, OPTIONS)) {
                        assertThatThrownBy(() -> store.text("b"))
                                .isInstanceOf(CorruptDataException.class);
                        assertThatThrownBy(
                                        () ->
                                                store.engine()
                                                        .snapshot()
                                                        .history(
                                                                TextStore.key("b"),
                                                                HistoryRange.newest(10)))
                                .isInstanceOf(CorruptDataException.class);
                        assertThat(store.text("a")).isEqualTo("third text");
                        assertThat(store.text("c")).isEqualTo("fourth text");
                    }
                });
    }

    @Regression(7)
    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 1L << 31, 0xFFFFFFFFL, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void scenario07SizesOfTheHeaderAreNeverBelieved(long garbage) {
        SimulatedDisk disk = closedStore();
        byte[] bytes = disk.contents(StoreFiles.DATA);
        for (int slot = 0; slot < 2; slot++) {
            for (int field = SIZE_IN_HEADER; field < SIZE_IN_HEADER + 72; field += Long.BYTES) {
                little(bytes).putLong(slot * SLOT_BYTES + field, garbage);
            }
        }
        disk.replace(StoreFiles.DATA, bytes);

        requireCheap(
                () ->
                        assertThatThrownBy(() -> TextStore.open(disk, OPTIONS))
                                .isInstanceOf(StorageException.class));
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(bytes);
    }

    /** Positions of all frames, dictionaries included. */
    private static List<Integer> frames(SimulatedDisk disk) {
        byte[] whole = disk.contents(StoreFiles.DATA);
        ByteBuffer bytes = little(whole);
        List<Integer> frames = new ArrayList<>();
        int at = (int) Header.DATA_OFFSET;
        while (bytes.getInt(at) != 0) {
            frames.add(at);
            at += bytes.getInt(at + FRAME_LENGTH_OFFSET);
        }
        String second = new String(whole, frames.get(3), 400, StandardCharsets.ISO_8859_1);
        assertThat(second).contains("second text");
        assertThat(frames)
                .as("with a copy of the dictionary if it was closed")
                .hasSizeBetween(6, 7);
        return frames;
    }

    private static void put(SimulatedDisk disk, int position, int value) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        little(bytes).putInt(position, value);
        disk.replace(StoreFiles.DATA, bytes);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireReadOnlyFromCorruption(TextStore store) {
        assertThat(store.state())
                .asInstanceOf(type(StoreState.ReadOnly.class))
                .extracting(StoreState.ReadOnly::reason)
                .isEqualTo(StoreState.Reason.CORRUPTION);
    }

    private static void requireCheap(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes allocated").isLessThan(MOST_ALLOCATED);
    }
}
