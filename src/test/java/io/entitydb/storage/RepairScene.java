package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.StoreCopy;
import io.entitydb.storage.repair.StorePlace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A closed store of which an oracle knows everything, to be damaged and repaired. */
final class RepairScene {

    private static final Script.Length LENGTH = new Script.Length(3, 12, 70_000);

    private final SimulatedDisk disk;
    private final Oracle oracle;
    private final List<FrameHeader> frames;
    private final Header header;

    private RepairScene(SimulatedDisk disk, Oracle oracle) {
        this.disk = disk;
        this.oracle = oracle;
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            header = HeaderSlots.read(file).newest();
            frames = frames(file, header);
        }
    }

    /** Plays the script of a seed. */
    static RepairScene play(long seed) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Oracle oracle = new Oracle();
        DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (Timeline timeline =
                            new Timeline(disk, disk, oracle, oracle.size(), crew)) {
                        timeline.open();
                        timeline.play(Script.draw(seed, LENGTH, oracle));
                    }
                    return 0;
                });
        return new RepairScene(disk, oracle);
    }

    private static List<FrameHeader> frames(DiskFile file, Header header) {
        file.map(header.dataEnd());
        LogScan scan =
                new LogScan(
                        file,
                        new Checksum(header.identity()),
                        Header.DATA_OFFSET,
                        header.dataEnd());
        List<FrameHeader> found = new ArrayList<>();
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            found.add(((LogPart.Sound) part).frame().header());
        }
        return List.copyOf(found);
    }

    Oracle oracle() {
        return oracle;
    }

    /** The frames of the sound file. */
    List<FrameHeader> frames() {
        return frames;
    }

    /** The frame of a transaction. */
    FrameHeader transaction(long sequence) {
        return frames.stream()
                .filter(frame -> frame.isTransaction() && frame.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    /** The header of the sound file. */
    Header header() {
        return header;
    }

    /** The sound store, all of it durable. */
    SimulatedDisk sound() {
        return disk.snapshotOfCache().crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
    }

    /** The store with other bytes in its data file. */
    SimulatedDisk with(byte[] bytes) {
        SimulatedDisk damaged = sound();
        damaged.replace(StoreFiles.DATA, bytes);
        return damaged;
    }

    /** The bytes of the sound data file; the caller's own. */
    byte[] bytes() {
        return disk.contents(StoreFiles.DATA).clone();
    }

    static StoreCopy copy(SimulatedDisk of) {
        return new StoreCopy("a copy", new StorePlace(of, StoreFiles.DATA));
    }

    static Repair repair(SimulatedDisk damaged, StoreCopy... copies) {
        return new Repair(
                damaged,
                Arrays.asList(copies),
                new Repair.Options(SmallStore.GROWTH_BYTES, "operator"));
    }

    /** Transactions whose own frames are as they were. */
    Set<Long> untouched(byte[] damaged) {
        byte[] sound = disk.contents(StoreFiles.DATA);
        Set<Long> untouched = new HashSet<>();
        for (FrameHeader frame : frames) {
            if (frame.isTransaction() && isEqual(sound, damaged, frame)) {
                untouched.add(frame.sequence());
            }
        }
        return untouched;
    }

    /** A script commits one transaction while it receives a content, then the one that saves it. */
    private static final int OWNERS_BEHIND_CHUNK = 2;

    /** Digests of contents that damage may have taken from versions elsewhere. */
    Set<Digest> doubtful(byte[] damaged) {
        byte[] sound = disk.contents(StoreFiles.DATA);
        Set<Digest> doubtful = new HashSet<>();
        int doubted = 0;
        for (FrameHeader frame : frames) {
            boolean isEqual = isEqual(sound, damaged, frame);
            if (frame.type() == FrameType.CHUNK) {
                doubted = isEqual ? doubted : OWNERS_BEHIND_CHUNK;
            } else if (frame.isTransaction()) {
                if (!isEqual || doubted > 0) {
                    oracle.commit((int) frame.sequence()).changes().stream()
                            .map(entity -> entity.content().digest())
                            .forEach(doubtful::add);
                }
                doubted--;
            }
        }
        return doubtful;
    }

    /** The first transaction that needs words which no intact dictionary holds; else beyond all. */
    long firstWithoutWords(byte[] damaged) {
        byte[] sound = disk.contents(StoreFiles.DATA);
        long sequence = 1;
        long first = Long.MAX_VALUE;
        for (FrameHeader frame : frames) {
            if (frame.type() == FrameType.DICTIONARY) {
                boolean isEqual = isEqual(sound, damaged, frame);
                first = isEqual ? Long.MAX_VALUE : Math.min(first, sequence);
            }
            sequence = frame.isTransaction() ? frame.sequence() + 1 : sequence;
        }
        return first;
    }

    private static boolean isEqual(byte[] sound, byte[] damaged, FrameHeader frame) {
        int from = (int) frame.position();
        int to = (int) frame.end();
        return to <= damaged.length && Arrays.equals(sound, from, to, damaged, from, to);
    }

    /** Whether a version of a transaction must be there after a repair without copies. */
    boolean isCertain(byte[] damaged, Commit commit, Entity change) {
        return untouched(damaged).contains(commit.sequence())
                && commit.sequence() < firstWithoutWords(damaged)
                && (change.content().length() == 0
                        || !doubtful(damaged).contains(change.content().digest()));
    }
}
