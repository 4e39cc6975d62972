package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.entitydb.storage.io.Disk.Access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What a power cut leaves of a simulated disk. */
class CrashStatesTests {

    private static final int SECTOR_BYTES = 512;
    private static final int LIMIT = 1_000;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    private static void write(DiskFile file, long position, int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        file.write(ByteBuffer.wrap(bytes), position);
    }

    /** A file whose name is durable. */
    private DiskFile create(String name) {
        var file = disk.open(name, Access.CREATE);
        disk.forceDirectory();
        return file;
    }

    private List<SimulatedDisk> states(long seed) {
        return disk.crashStates(new CrashPlan(seed, LIMIT)).toList();
    }

    private static String content(SimulatedDisk state) {
        var files = new TreeMap<String, String>();
        for (var name : state.list()) {
            files.put(name, Arrays.toString(state.contents(name)));
        }
        return files.toString();
    }

    @Test
    void diskWithoutPendingChangesHasOneState() {
        var file = create("a");
        write(file, 0, 3, 1);
        file.force();

        assertThat(states(1)).hasSize(1);
        assertThat(states(1).getFirst().contents("a")).containsExactly(1, 1, 1);
    }

    @Test
    void everySubsetOfFourWritesIsAState() {
        var file = create("a");
        write(file, 0, 4 * SECTOR_BYTES, 2);
        file.force();
        for (int i = 0; i < 4; i++) {
            write(file, (long) i * SECTOR_BYTES, SECTOR_BYTES, 3);
        }

        Set<Integer> subsets = new HashSet<>();
        for (var state : states(1)) {
            var content = state.contents("a");
            int subset = 0;
            for (int i = 0; i < 4; i++) {
                subset |= (content[i * SECTOR_BYTES] & 1) << i;
            }
            subsets.add(subset);
        }

        assertThat(subsets).hasSize(16);
    }

    @Test
    void manyWritesAreLostAsPrefixesAllButOneAndOnlyOne() {
        int writes = 12;
        var file = create("a");
        write(file, 0, writes * SECTOR_BYTES, 1);
        file.force();
        for (int i = 0; i < writes; i++) {
            write(file, (long) i * SECTOR_BYTES, SECTOR_BYTES, 2);
        }

        var patterns = new HashSet<String>();
        for (var state : states(1)) {
            patterns.add(pattern(state.contents("a")));
        }

        for (int i = 0; i < writes; i++) {
            assertThat(patterns)
                    .contains("2".repeat(i) + "1".repeat(writes - i))
                    .contains("2".repeat(i) + "1" + "2".repeat(writes - i - 1))
                    .contains("1".repeat(i) + "2" + "1".repeat(writes - i - 1));
        }
        assertThat(patterns).contains("2".repeat(writes)).hasSizeGreaterThan(100);
    }

    /** The first byte of each sector. */
    private static String pattern(byte[] content) {
        var pattern = new StringBuilder();
        for (int i = 0; i < content.length; i += SECTOR_BYTES) {
            pattern.append(content[i]);
        }
        return pattern.toString();
    }

    @Test
    void extremesComeFirstWhenThereIsNoRoomForAll() {
        var file = create("a");
        for (int i = 0; i < 10; i++) {
            write(file, i, 1, i + 1);
        }
        create("b").close();
        disk.delete("b");

        var states = disk.crashStates(new CrashPlan(1, 2)).toList();

        assertThat(states).hasSize(2);
        assertThat(states.getFirst().contents("a")).isEmpty();
        assertThat(states.getFirst().list()).containsExactly("a", "b");
        assertThat(states.getLast().contents("a")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(states.getLast().list()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void forcedBytesAreInEveryStateAndUsedSectorsAreWhole(long seed) {
        var random = new SplittableRandom(seed);
        var file = create("a");
        int size = 40 * SECTOR_BYTES;
        write(file, 0, size, 1);
        file.force();
        var versions = new Versions(disk.contents("a"));
        for (int i = 0; i < 8; i++) {
            int length = 1 + random.nextInt(6 * SECTOR_BYTES);
            write(file, random.nextInt(size - length), length, 2 + i);
            versions.add(disk.contents("a"));
        }

        var states = states(seed);

        assertThat(states).hasSize(LIMIT);
        for (var state : states) {
            assertThat(versions.explain(state.contents("a"))).as(state.name()).isTrue();
        }
    }

    /** The contents that the page cache had, one after the other. */
    private static final class Versions {

        private final List<byte[]> contents = new ArrayList<>();

        Versions(byte[] first) {
            contents.add(first);
        }

        void add(byte[] content) {
            contents.add(content);
        }

        /** Whether each sector is as it was in one of the versions. */
        boolean explain(byte[] content) {
            for (int at = 0; at < content.length; at += SECTOR_BYTES) {
                int from = at;
                int to = at + SECTOR_BYTES;
                if (contents.stream()
                        .noneMatch(
                                version -> Arrays.equals(content, from, to, version, from, to))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void tearsReachEveryBorderAndFillInUnusedSpace() {
        var file = create("a");
        write(file, 0, 4 * 4096, 0);
        file.force();
        write(file, 100, 3 * 4096, 7);

        int cutInSector = 0;
        int garbage = 0;
        int suffixes = 0;
        for (var state : states(1)) {
            var content = state.contents("a");
            assertThat(Arrays.copyOf(content, 100)).containsOnly(0);
            assertThat(Arrays.copyOfRange(content, 100 + 3 * 4096, content.length)).containsOnly(0);
            int written = 0;
            for (byte value : content) {
                written += value == 7 ? 1 : 0;
                garbage += value != 7 && value != 0 ? 1 : 0;
            }
            cutInSector += (written + 100) % SECTOR_BYTES == 0 ? 0 : 1;
            suffixes += content[100] != 7 && content[100 + 3 * 4096 - 1] == 7 ? 1 : 0;
        }

        assertThat(cutInSector).isPositive();
        assertThat(garbage).isPositive();
        assertThat(suffixes).isPositive();
    }

    @Test
    void laterWriteOfASectorTakesTheEarlierOnesAlong() {
        var file = create("a");
        write(file, 0, SECTOR_BYTES, 1);
        file.force();
        write(file, 0, 100, 2);
        write(file, 100, 100, 3);

        for (var state : states(1)) {
            var content = state.contents("a");
            assertThat(content[100] == 3 && content[0] == 1).as(state.name()).isFalse();
        }
    }

    @Test
    void sizeMayLagOrRunAhead() {
        var file = create("a");
        write(file, 0, SECTOR_BYTES, 1);
        file.force();
        write(file, SECTOR_BYTES, SECTOR_BYTES, 2);
        write(file, 2 * SECTOR_BYTES, SECTOR_BYTES, 3);

        var shapes = new HashSet<String>();
        states(1).forEach(state -> shapes.add(pattern(state.contents("a"))));

        assertThat(shapes).contains("1", "12", "123", "103", "120", "100");
        assertThat(shapes).allMatch(shape -> shape.startsWith("1"));
    }

    @Test
    void directoryChangesAreLostFromTheEnd() {
        create("a").close();
        disk.open("b", Access.CREATE).close();
        disk.rename("b", "c");
        disk.delete("a");

        var listings = new HashSet<List<String>>();
        states(1).forEach(state -> listings.add(state.list()));

        assertThat(listings)
                .containsExactlyInAnyOrder(
                        List.of("a"), List.of("a", "b"), List.of("a", "c"), List.of("c"));
    }

    @Test
    void renameWithoutForceMayLeaveAnEmptyFile() {
        var file = disk.open("a.tmp", Access.CREATE);
        write(file, 0, 3, 1);
        disk.rename("a.tmp", "a");
        disk.forceDirectory();

        assertThat(states(1)).anyMatch(state -> state.contents("a").length == 0);
    }

    @Test
    void deletedFileComesBackWithItsForcedBytes() {
        var file = create("a");
        write(file, 0, 3, 1);
        file.force();
        disk.delete("a");

        assertThat(states(1))
                .anyMatch(state -> state.list().isEmpty())
                .anyMatch(
                        state ->
                                state.list().contains("a")
                                        && Arrays.equals(
                                                state.contents("a"), new byte[] {1, 1, 1}));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42})
    void statesDependOnTheSeedAlone(long seed) {
        var file = create("a");
        for (int i = 0; i < 7; i++) {
            write(file, (long) i * 300, 700, i + 1);
        }

        var first = states(seed);
        var second = states(seed);

        assertThat(first.stream().map(CrashStatesTests::content).toList())
                .isEqualTo(second.stream().map(CrashStatesTests::content).toList())
                .isNotEqualTo(states(seed + 1).stream().map(CrashStatesTests::content).toList());
        assertThat(first.stream().map(SimulatedDisk::name).toList())
                .isEqualTo(second.stream().map(SimulatedDisk::name).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void statesAreIndependentOfTheDiskAndOfEachOther() {
        var file = create("a");
        write(file, 0, 3, 1);
        file.force();
        write(file, 0, 3, 2);
        var stream = disk.crashStates(new CrashPlan(1, LIMIT));
        write(file, 0, 3, 3);

        var states = stream.toList();
        try (var changed = states.getFirst().open("a", Access.WRITE)) {
            write(changed, 0, 3, 4);
        }

        assertThat(states.getFirst().contents("a")).containsOnly(4);
        assertThat(states.stream().skip(1))
                .noneMatch(state -> Arrays.equals(state.contents("a"), new byte[] {4, 4, 4}))
                .noneMatch(state -> Arrays.equals(state.contents("a"), new byte[] {3, 3, 3}));
        assertThat(disk.contents("a")).containsOnly(3);
    }

    @Test
    void stateIsADiskThatMayCrashAgain() {
        create("a").close();
        var state = states(1).getFirst();
        try (var file = state.open("a", Access.WRITE)) {
            write(file, 0, 1, 1);
            file.force();
            write(file, 1, 1, 2);
        }

        var nested = state.crashStates(new CrashPlan(1, LIMIT)).toList();

        assertThat(nested)
                .allMatch(left -> left.contents("a")[0] == 1)
                .anyMatch(left -> left.contents("a").length == 1)
                .anyMatch(left -> left.contents("a").length == 2);
        assertThat(nested.getFirst().name()).contains(state.name());
    }

    @Test
    void killKeepsAllWritesAndMakesNoneDurable() {
        var lock = disk.lock("lock");
        var file = disk.open("a", Access.CREATE);
        write(file, 0, 3, 1);

        var restarted = disk.snapshotOfCache();

        assertThat(lock).isNotNull();
        assertThat(restarted.list()).containsExactly("a", "lock");
        assertThat(restarted.contents("a")).containsExactly(1, 1, 1);
        assertThat(restarted.openFiles()).isZero();
        restarted.lock("lock").close();
        try (var again = restarted.open("a", Access.WRITE)) {
            write(again, 0, 3, 2);
            assertThat(disk.contents("a")).containsOnly(1);
        }
        restarted.forceDirectory();
        assertThat(restarted.crashStates(new CrashPlan(1, LIMIT)))
                .anyMatch(state -> state.contents("a").length == 0)
                .anyMatch(state -> Arrays.equals(state.contents("a"), new byte[] {1, 1, 1}))
                .anyMatch(state -> Arrays.equals(state.contents("a"), new byte[] {2, 2, 2}));
    }

    @Test
    void stateOfALargeFileCostsOnlyWhatDiffers() {
        var file = create("a");
        write(file, 0, 1 << 20, 1);
        file.force();
        for (int i = 0; i < 6; i++) {
            write(file, (long) i * 5_000, 1_000, 2);
        }

        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long built =
                disk.crashStates(new CrashPlan(1, LIMIT))
                        .filter(state -> state.list().size() == 1)
                        .count();
        long allocatedEach = (threads.getCurrentThreadAllocatedBytes() - before) / LIMIT;

        assertThat(built).isEqualTo(LIMIT);
        assertThat(allocatedEach).isLessThan(100_000);
    }
}
