package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.header.LostHeader;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.Progress;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.RepairPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Each kind of damage is repaired from a copy, and without one costs no more than it must. */
class RepairTests {

    private static final Progress SILENT = (activity, done, total) -> {};

    private final long seed = new Random().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final RepairScene scene = RepairScene.play(seed);

    /** What is damaged. */
    enum Kind {
        FRAME_HEADER {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = any(scene, random);
                flip(bytes, frame.position() + random.nextInt(FrameLayout.HEADER_BYTES), random);
            }
        },
        RECORD {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = any(scene, random);
                int room = frame.length() - FrameLayout.HEADER_BYTES - FrameLayout.TRAILER_BYTES;
                flip(
                        bytes,
                        frame.position() + FrameLayout.HEADER_BYTES + random.nextInt(room),
                        random);
            }
        },
        TRAILER {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = any(scene, random);
                flip(bytes, frame.end() - 1 - random.nextInt(FrameLayout.TRAILER_BYTES), random);
            }
        },
        DICTIONARY {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                List<FrameHeader> all = of(scene, FrameType.DICTIONARY);
                FrameHeader frame = all.get(random.nextInt(all.size()));
                flip(bytes, frame.position() + random.nextInt(frame.length()), random);
            }
        },
        CHUNK {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = of(scene, FrameType.CHUNK).getFirst();
                flip(bytes, frame.position() + random.nextInt(frame.length()), random);
            }
        },
        FIRST_FRAME {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = scene.frames().getFirst();
                wipe(bytes, frame.position(), frame.length());
            }
        },
        LAST_FRAME {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = scene.frames().getLast();
                wipe(bytes, frame.position(), frame.length());
            }
        },
        SEVERAL_FRAMES {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                for (int i = 0; i < 4; i++) {
                    FrameHeader frame = any(scene, random);
                    int length =
                            Math.min(3000, (int) (scene.header().dataEnd() - frame.position()));
                    wipe(bytes, frame.position() + 8, length - 8);
                }
            }
        },
        BOTH_HEADERS {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                flip(bytes, random.nextInt(256), random);
                flip(bytes, 4096 + random.nextInt(256), random);
            }
        },
        BOTH_HEADERS_WIPED {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                wipe(bytes, 0, (int) Header.DATA_OFFSET);
            }
        },
        CUT_SHORT {
            @Override
            void damage(byte[] bytes, RepairScene scene, SplittableRandom random) {
                FrameHeader frame = any(scene, random);
                wipe(bytes, frame.position(), bytes.length - (int) frame.position());
            }
        };

        abstract void damage(byte[] bytes, RepairScene scene, SplittableRandom random);

        private static FrameHeader any(RepairScene scene, SplittableRandom random) {
            return scene.frames().get(random.nextInt(scene.frames().size()));
        }

        private static List<FrameHeader> of(RepairScene scene, FrameType type) {
            return scene.frames().stream().filter(frame -> frame.type() == type).toList();
        }

        private static void flip(byte[] bytes, long at, SplittableRandom random) {
            bytes[(int) at] ^= (byte) (1 << random.nextInt(8));
        }

        private static void wipe(byte[] bytes, long from, int length) {
            Arrays.fill(bytes, (int) from, (int) from + length, (byte) 0);
        }
    }

    private static Repair.Result run(SimulatedDisk disk, boolean isLossAccepted) {
        return RepairScene.repair(disk).run(isLossAccepted, SILENT);
    }

    private SimulatedDisk damaged(Kind kind) {
        byte[] bytes = scene.bytes();
        kind.damage(bytes, scene, random);
        return scene.with(bytes);
    }

    private void requireWhole(SimulatedDisk disk) {
        int size = scene.oracle().size();
        new StateCheck(scene.oracle(), size, size).all(disk);
    }

    @ParameterizedTest
    @EnumSource
    void damageIsUndoneFromACopy(Kind kind) {
        SimulatedDisk disk = damaged(kind);
        byte[] before = disk.contents(StoreFiles.DATA);
        SimulatedDisk sound = scene.sound();

        Repair repair = RepairScene.repair(disk, RepairScene.copy(sound));
        RepairPlan plan = repair.plan(SILENT);
        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(before);
        Repair.Result result = repair.run(false, SILENT);

        assertThat(result.plan()).isEqualTo(plan);
        assertThat(disk.contents(result.aside())).isEqualTo(before);
        assertThat(sound.openFiles()).isZero();
        requireWhole(disk);
    }

    @ParameterizedTest
    @EnumSource
    void damageIsUndoneFromACopyAtOtherPositions(Kind kind) {
        SimulatedDisk disk = damaged(kind);
        SimulatedDisk compacted = scene.sound();
        run(compacted, false);

        RepairScene.repair(disk, RepairScene.copy(compacted)).run(false, SILENT);

        requireWhole(disk);
    }

    @ParameterizedTest
    @EnumSource
    void withoutACopyOnlyWhatIsDamagedIsLost(Kind kind) {
        SimulatedDisk disk = damaged(kind);
        byte[] before = disk.contents(StoreFiles.DATA);

        RepairPlan plan = RepairScene.repair(disk).plan(SILENT);
        if (plan.hasLoss()) {
            assertThatThrownBy(() -> run(disk, false))
                    .isInstanceOf(RecoveryFailedException.class)
                    .hasMessageContaining("not accepted");
            assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(before);
            assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
        }
        run(disk, true);

        requireUndamaged(disk, before);
    }

    /** Several places, one after the other. */
    @Test
    void damageOfSeveralKindsCostsNoMoreThanItMust() {
        for (int round = 0; round < 20; round++) {
            byte[] bytes = scene.bytes();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                Kind kind = Kind.values()[random.nextInt(Kind.values().length - 1)];
                kind.damage(bytes, scene, random);
            }
            SimulatedDisk disk = scene.with(bytes);
            run(disk, true);
            requireUndamaged(disk, bytes);

            SimulatedDisk again = scene.with(bytes);
            RepairScene.repair(again, RepairScene.copy(scene.sound())).run(false, SILENT);
            requireWhole(again);
        }
    }

    private void requireUndamaged(SimulatedDisk disk, byte[] damaged) {
        if (isHeaderLost(damaged) && scene.untouched(damaged).size() < scene.oracle().size()) {
            return;
        }
        RepairCheck check = new RepairCheck(scene.oracle()).all(disk);
        for (int sequence = 1; sequence <= scene.oracle().size(); sequence++) {
            Commit commit = scene.oracle().commit(sequence);
            Commit found = check.kept().get((long) sequence);
            for (Entity change : commit.changes()) {
                if (scene.isCertain(damaged, commit, change)) {
                    assertThat(found).as("transaction %d, seed %d", sequence, seed).isNotNull();
                    assertThat(found.changes()).as("seed %d", seed).contains(change);
                }
            }
        }
    }

    /** Whether nothing tells where the history ended. */
    private static boolean isHeaderLost(byte[] damaged) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(StoreFiles.DATA, damaged);
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            HeaderSlots slots = HeaderSlots.read(file);
            return !slots.a().isValid()
                    && !slots.b().isValid()
                    && LostHeader.mended(file, 0) == null
                    && LostHeader.mended(file, 1) == null;
        }
    }

    @Test
    void copyOfAnotherStoreIsRefusedByName() {
        SimulatedDisk other = RepairScene.play(seed + 1).sound();
        SimulatedDisk disk = damaged(Kind.RECORD);
        byte[] before = disk.contents(StoreFiles.DATA);

        assertThatThrownBy(
                        () -> RepairScene.repair(disk, RepairScene.copy(other)).run(true, SILENT))
                .isInstanceOf(RecoveryFailedException.class)
                .hasMessageContaining("a copy is a file of store");

        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(before);
        assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
        assertThat(disk.openFiles() + other.openFiles()).isZero();
    }

    @Test
    void fileThatIsNoStoreIsRefusedAsItIs() {
        SimulatedDisk disk = new SimulatedDisk(1);
        byte[] bytes = new byte[20_000];
        random.nextBytes(bytes);
        disk.replace(StoreFiles.DATA, bytes);

        assertThatThrownBy(() -> run(disk, true)).isInstanceOf(UnsupportedFormatException.class);

        assertThat(disk.contents(StoreFiles.DATA)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void newerVersionIsNotTakenForALostHeader(int slots) {
        byte[] bytes = scene.bytes();
        for (int slot = 0; slot < 2; slot++) {
            bytes[slot * 4096 + 4] = slots == slot || slots == 2 ? (byte) 9 : 0;
            CRC32C crc = new CRC32C();
            crc.update(bytes, slot * 4096, 252);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(slot * 4096 + 252, (int) crc.getValue());
        }
        SimulatedDisk disk = scene.with(bytes);

        assertThatThrownBy(() -> run(disk, true)).isInstanceOf(UnsupportedFormatException.class);
    }

    @Test
    void lostHeaderIsMadeFromFrames() {
        for (Kind kind : Set.of(Kind.BOTH_HEADERS, Kind.BOTH_HEADERS_WIPED)) {
            SimulatedDisk disk = damaged(kind);
            assertThat(RepairScene.repair(disk).plan(SILENT).isHeaderLost()).isTrue();

            run(disk, false);

            requireWhole(disk);
        }
    }

    /** A lost frame header is no loss while its records are whole: the next digest proves them. */
    @Test
    void transactionIsPutTogetherFromRecordsWhoseFrameHeaderIsLost() {
        for (FrameHeader frame : new ArrayList<>(scene.frames())) {
            if (frame.isTransaction() && frame.sequence() < scene.oracle().size()) {
                byte[] bytes = scene.bytes();
                bytes[(int) frame.position() + random.nextInt(FrameLayout.HEADER_BYTES)] ^= 4;
                SimulatedDisk disk = scene.with(bytes);

                RepairPlan plan = RepairScene.repair(disk).plan(SILENT);

                assertThat(plan.hasLoss()).as("%s, seed %d", frame, seed).isFalse();
                assertThat(plan.isDamaged()).isTrue();
            }
        }
    }

    @Test
    void soundStoreNeedsNoRepair() {
        assertThat(RepairScene.repair(scene.sound()).plan(SILENT).isDamaged()).isFalse();
    }

    @Test
    void lossIsAPartOfHistoryAndCanBeMadeGood() {
        byte[] bytes = scene.bytes();
        FrameHeader frame = scene.transaction(3);
        Kind.wipe(bytes, frame.position(), frame.length());
        SimulatedDisk disk = scene.with(bytes);

        Repair.Result first = run(disk, true);
        assertThat(first.plan().lost()).containsExactly(new RepairPlan.LostRange(3, 3));
        Repair.Result second = run(disk, false);
        assertThat(second.plan().isDamaged()).isFalse();
        assertThat(new RepairCheck(scene.oracle()).all(disk).lost()).containsExactly(3L);
        assertThat(scene.oracle().size()).isGreaterThan(3);

        RepairScene.repair(disk, RepairScene.copy(scene.sound())).run(false, SILENT);
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofHours(1)))) {
            assertThat(store.engine().snapshotAt(3).sequence()).isEqualTo(3);
            for (Entity change : scene.oracle().commit(3).changes()) {
                assertThat(store.engine().snapshotAt(3).latest(change.key())).contains(change);
            }
        }
    }

    @Test
    void whatWasErasedDoesNotComeBackFromACopy() {
        SimulatedDisk disk = new SimulatedDisk(seed);
        SimulatedDisk copy;
        StorageOptions options = SmallStore.options(Duration.ofHours(1));
        try (TextStore store = TextStore.open(disk, options)) {
            store.save("a", "personal text");
            store.save("b", "other text");
            store.save("a", "more personal text");
        }
        copy = disk.snapshotOfCache();
        try (TextStore store = TextStore.open(disk, options)) {
            store.engine().erase(TextStore.key("a"), "officer");
        }
        byte[] bytes = disk.contents(StoreFiles.DATA);
        Kind.wipe(bytes, Header.DATA_OFFSET, 1000);
        disk.replace(StoreFiles.DATA, bytes);

        RepairScene.repair(disk, RepairScene.copy(copy)).run(false, SILENT);

        assertThat(new String(disk.contents(StoreFiles.DATA), StandardCharsets.ISO_8859_1))
                .contains("other text")
                .doesNotContain("personal");
        try (TextStore store = TextStore.open(disk, options)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(store.engine().snapshot().latest(TextStore.key("a")).orElseThrow())
                    .matches(Entity::isErased);
            assertThat(store.text("b")).isEqualTo("other text");
            assertThat(store.engine().status().writer().entityCount()).isEqualTo(1);
            assertThat(store.save("a", "a later life")).isEqualTo(4);
            assertThat(store.engine().status().writer().entityCount()).isEqualTo(2);
        }
    }

    @Test
    void emptyFileIsRefused() {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(StoreFiles.DATA, new byte[0]);

        assertThatThrownBy(() -> run(disk, true))
                .isInstanceOfAny(UnsupportedFormatException.class, CorruptDataException.class);
    }
}
