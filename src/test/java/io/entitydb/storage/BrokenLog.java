package io.entitydb.storage;

import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;

/** A log of known transactions, one version each, whose frames a test can take away. */
final class BrokenLog {

    static final int STEPS = 30;
    static final List<String> KEYS = List.of("a", "b", "c", "d");

    private final SimulatedDisk disk;
    private final List<Step> steps;

    /** One transaction. */
    record Step(
            int sequence, String key, int number, long commitTime, long position, String text) {}

    private BrokenLog(SimulatedDisk disk, List<Step> steps) {
        this.disk = disk;
        this.steps = steps;
    }

    /** A store that was killed, so that all of its log is replayed. */
    static BrokenLog killed() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            List<Step> steps = fill(store, disk);
            return new BrokenLog(disk.snapshotOfCache(), steps);
        }
    }

    /** A store that was closed. */
    static BrokenLog closed() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            return new BrokenLog(disk, fill(store, disk));
        }
    }

    private static List<Step> fill(TextStore store, SimulatedDisk disk) {
        Random random = new Random(7);
        List<Step> steps = new ArrayList<>();
        for (int sequence = 1; sequence <= STEPS; sequence++) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String text = "text of transaction %02d".formatted(sequence);
            disk.clock().advance(Duration.ofSeconds(1).toNanos());
            store.save(key, text);
            VersionRecord record = DamagedStore.newest(store, key);
            steps.add(
                    new Step(
                            sequence,
                            key,
                            (int) record.number(),
                            record.commitTime(),
                            record.position(),
                            text));
        }
        return steps;
    }

    SimulatedDisk disk() {
        return disk;
    }

    List<Step> steps() {
        return steps;
    }

    /** What a key holds right after a transaction; null if it does not exist. */
    @Nullable Step newest(String key, int sequence) {
        Step found = null;
        for (Step step : steps) {
            if (step.key().equals(key) && step.sequence() <= sequence) {
                found = step;
            }
        }
        return found;
    }

    /** Whether what is left of the log proves what a key holds right after a transaction. */
    boolean isCertain(String key, int sequence, SortedSet<Integer> lost) {
        Step newest = newest(key, sequence);
        if (newest != null && lost.contains(newest.sequence())) {
            return false;
        }
        int since = newest == null ? 0 : newest.sequence();
        boolean isNothingLost = lost.subSet(since + 1, sequence + 1).isEmpty();
        Step next =
                steps.stream()
                        .filter(step -> step.key().equals(key) && step.sequence() > sequence)
                        .findFirst()
                        .orElse(null);
        if (next == null || !lost.contains(next.sequence())) {
            return isNothingLost || next != null;
        }
        // Of two lost versions in a row it is not known when the first came.
        return isNothingLost
                && steps.stream()
                        .filter(step -> step.key().equals(key))
                        .filter(step -> step.number() > next.number())
                        .limit(1)
                        .noneMatch(step -> lost.contains(step.sequence()));
    }

    /** The last transaction committed at or before an instant. */
    int sequenceAt(long instant) {
        return (int) steps.stream().filter(step -> step.commitTime() <= instant).count();
    }

    private Step step(int sequence) {
        return steps.get(sequence - 1);
    }

    private int frameOf(int sequence) {
        return (int) step(sequence).position() - FrameLayout.HEADER_BYTES;
    }

    private static int lengthOf(byte[] bytes, int frame) {
        return ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(frame + FrameLayout.LENGTH);
    }

    /** Makes zeros of a transaction. */
    void zeroFrame(int sequence) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        int frame = frameOf(sequence);
        Arrays.fill(bytes, frame, frame + lengthOf(bytes, frame), (byte) 0);
        disk.replace(StoreFiles.DATA, bytes);
    }

    /** Flips a bit of a transaction's content. */
    void flipContent(int sequence) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[whole.indexOf(step(sequence).text())] ^= 1;
        disk.replace(StoreFiles.DATA, bytes);
    }

    /** Writes a copy of another transaction over one. */
    void overwriteFrame(int sequence, int source) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        System.arraycopy(
                bytes,
                frameOf(source),
                bytes,
                frameOf(sequence),
                lengthOf(bytes, frameOf(sequence)));
        disk.replace(StoreFiles.DATA, bytes);
    }

    TextStore open() {
        return TextStore.open(disk, DamagedStore.OPTIONS);
    }
}
