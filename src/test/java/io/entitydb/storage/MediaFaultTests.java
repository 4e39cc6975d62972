package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.ForwardingDisk;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.ForgedStore;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Devices that write elsewhere, forget what they wrote, or answer with what was there before. */
class MediaFaultTests {

    private static final int SLOT_BYTES = 4096;
    private static final int SECTOR_BYTES = 512;
    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private final SimulatedDisk disk = new SimulatedDisk(5);

    /** The data file after each session. */
    private final List<byte[]> past = new ArrayList<>();

    private GoldenFile golden = new GoldenFile("none", new byte[0], null, "");

    @BeforeEach
    void writeAStore() {
        for (int session = 0; session < 4; session++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                for (int i = 0; i < 4; i++) {
                    store.save("e" + i % 3, "text " + i + " of session " + session);
                }
            }
            past.add(disk.contents(StoreFiles.DATA));
        }
        byte[] image = disk.contents(ImageWriter.FILE);
        golden = new GoldenFile("made", past.getLast(), image, "");
    }

    private List<ForgedStore.Place> frames() {
        return new ForgedStore(golden.data()).frames(FrameType.TRANSACTION);
    }

    @Test
    void lostWriteOfAnyTransactionIsNoticed() {
        FlipCheck check = new FlipCheck(golden);
        for (ForgedStore.Place frame : frames()) {
            byte[] data = golden.data().clone();
            Arrays.fill(data, frame.at(), frame.at() + frame.length(), (byte) 0);

            assertThat(check.of(data, golden.image())).isEqualTo(FlipOutcome.QUARANTINED);
            assertThat(check.of(data, null)).isEqualTo(FlipOutcome.QUARANTINED);
        }
    }

    @Test
    void transactionWrittenOverAnotherIsNoticedAtBothPlaces() {
        FlipCheck check = new FlipCheck(golden);
        List<ForgedStore.Place> frames = frames();
        for (int i = 1; i < frames.size(); i++) {
            ForgedStore.Place misled = frames.get(i);
            ForgedStore.Place victim = frames.get(i - 1);
            byte[] data = golden.data().clone();
            System.arraycopy(golden.data(), misled.at(), data, victim.at(), misled.length());
            Arrays.fill(data, misled.at(), misled.at() + misled.length(), (byte) 0);

            assertThat(check.of(data, golden.image())).isEqualTo(FlipOutcome.QUARANTINED);
            assertThat(check.of(data, null)).isEqualTo(FlipOutcome.QUARANTINED);
        }
    }

    @Test
    void headerWrittenOverATransactionIsNoticed() {
        FlipCheck check = new FlipCheck(golden);
        for (ForgedStore.Place frame : frames()) {
            byte[] data = golden.data().clone();
            System.arraycopy(golden.data(), 0, data, frame.at(), SECTOR_BYTES);

            assertThat(check.of(data, golden.image())).isEqualTo(FlipOutcome.QUARANTINED);
        }
    }

    @Test
    void transactionWrittenOverAHeaderLeavesTheOtherOne() {
        FlipCheck check = new FlipCheck(golden);
        ForgedStore.Place frame = frames().getLast();
        for (int slot = 0; slot < 2; slot++) {
            byte[] data = golden.data().clone();
            System.arraycopy(golden.data(), frame.at(), data, slot * SLOT_BYTES, frame.length());

            assertThat(check.of(data, golden.image())).isEqualTo(FlipOutcome.REBUILT);
        }
    }

    /** A publication that the device confirmed and never wrote. */
    @Test
    void headerSlotThatIsRolledBackHidesNothing() {
        FlipCheck check = new FlipCheck(golden);
        for (byte[] before : past.subList(0, past.size() - 1)) {
            for (int slot = 0; slot < 2; slot++) {
                byte[] data = golden.data().clone();
                System.arraycopy(before, slot * SLOT_BYTES, data, slot * SLOT_BYTES, SLOT_BYTES);

                assertThat(check.of(data, golden.image())).isNotEqualTo(FlipOutcome.REFUSED);
                check.of(data, null);
            }
        }
    }

    /** Frames of the last session name no later header: all are found behind the one that is. */
    @Test
    void bothSlotsRolledBackAreBetrayedByFramesOrHideNothing() {
        FlipCheck check = new FlipCheck(golden);
        int last = past.size() - 2;
        for (int session = 0; session <= last; session++) {
            byte[] data = golden.data().clone();
            System.arraycopy(past.get(session), 0, data, 0, 2 * SLOT_BYTES);
            FlipOutcome expected = session == last ? FlipOutcome.REBUILT : FlipOutcome.QUARANTINED;

            assertThat(check.of(data, golden.image())).isEqualTo(expected);
            assertThat(check.of(data, null)).isEqualTo(expected);
        }
    }

    @Test
    void slotWrittenOverTheOtherOneIsNoSecondHeader() {
        FlipCheck check = new FlipCheck(golden);
        for (int slot = 0; slot < 2; slot++) {
            byte[] data = golden.data().clone();
            System.arraycopy(data, slot * SLOT_BYTES, data, (1 - slot) * SLOT_BYTES, SLOT_BYTES);

            assertThat(check.of(data, golden.image())).isEqualTo(FlipOutcome.REBUILT);
        }
    }

    /** It says that it belongs where it stands, but not with this generation. */
    @Test
    void sameGenerationInBothSlotsIsRefusedInOne() {
        byte[] first = Arrays.copyOf(golden.data(), SLOT_BYTES);
        byte[] data =
                new ForgedStore(golden.data())
                        .put(SLOT_BYTES, first)
                        .putInt(SLOT_BYTES + 8, 1)
                        .repaired();

        assertThat(new FlipCheck(golden).of(data, golden.image())).isEqualTo(FlipOutcome.REBUILT);
    }

    /** Each sector as it was at some time before: a lost write, or a read of what was there. */
    @Test
    void sectorOfAnyEarlierTimeIsNeverTakenForThePresentOne() {
        FlipCheck check = new FlipCheck(golden);
        for (byte[] before : past.subList(0, past.size() - 1)) {
            for (int at = 0; at < before.length; at += SECTOR_BYTES) {
                byte[] data = golden.data().clone();
                System.arraycopy(before, at, data, at, SECTOR_BYTES);
                if (at >= 2 * SLOT_BYTES && !Arrays.equals(data, golden.data())) {
                    assertThat(check.of(data, golden.image()))
                            .as("sector at %s", at)
                            .isIn(FlipOutcome.QUARANTINED, FlipOutcome.LATENT);
                } else {
                    check.of(data, golden.image());
                }
            }
        }
    }

    @Test
    void staleReadIsRefusedAndTheNextOneAnswers() {
        byte[] before = past.getFirst();
        AtomicBoolean isStale = new AtomicBoolean();
        ForwardingDisk stale =
                new ForwardingDisk(disk, file -> new StaleFile(file, before, isStale));
        try (TextStore store = TextStore.open(stale, OPTIONS)) {
            isStale.set(true);
            assertThatThrownBy(() -> store.text("e0")).isInstanceOf(CorruptDataException.class);
            isStale.set(false);

            assertThat(store.text("e1")).isEqualTo("text 1 of session 3");
            assertThat(store.save("new", "writes go on")).isEqualTo(17);
        }
    }

    /** Answers some reads with what stood there before. */
    private static final class StaleFile extends ForwardingFile {

        private final byte[] before;
        private final AtomicBoolean isStale;

        private StaleFile(DiskFile file, byte[] before, AtomicBoolean isStale) {
            super(file);
            this.before = before;
            this.isStale = isStale;
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            super.read(position, target, offset, length);
            if (isStale.get()) {
                Arrays.fill(target, offset, offset + length, (byte) 0);
                int present = Math.clamp(before.length - position, 0, length);
                System.arraycopy(before, (int) position, target, offset, present);
            }
        }
    }

    /** The device confirms one force, loses what it was for, and works again. */
    @Test
    void writesLostAfterASuccessfulForceAreDamageAndNotATornTail() {
        int forces = 0;
        for (int nth = 1; nth <= 12; nth++) {
            SimulatedDisk lying = new SimulatedDisk(nth);
            SimulatedDisk cut;
            try (TextStore store = TextStore.open(lying, OPTIONS)) {
                lying.control()
                        .inject(Fault.of(DiskCall.FORCE, Fault.Effect.FORCE_IGNORED).at(nth));
                for (int i = 0; i < 16; i++) {
                    store.save("e" + i, "text " + i);
                }
                cut = lying.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
            }
            try (TextStore store = TextStore.open(cut, OPTIONS)) {
                long held = store.engine().snapshot().sequence();
                if (held < 16) {
                    forces++;
                    assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
                }
                for (int i = 0; i < held; i++) {
                    assertThat(store.text("e" + i)).isEqualTo("text " + i);
                }
            }
        }
        assertThat(forces).isPositive();
    }

    @Test
    void fileExtendedWhileClosedIsReadAndWrittenOn() {
        byte[] data = golden.data();
        int more = 3 * SECTOR_BYTES + 5;
        for (byte fill : new byte[] {0, 0x5a}) {
            byte[] longer = Arrays.copyOf(data, data.length + more);
            Arrays.fill(longer, data.length, longer.length, fill);
            requireWrittenOn(longer);
        }
        byte[] frames = Arrays.copyOf(data, data.length + SLOT_BYTES);
        System.arraycopy(data, 2 * SLOT_BYTES, frames, data.length, SLOT_BYTES);
        requireWrittenOn(frames);
    }

    private void requireWrittenOn(byte[] data) {
        disk.replace(StoreFiles.DATA, data);
        for (int opening = 0; opening < 2; opening++) {
            try (TextStore store = TextStore.open(disk, OPTIONS)) {
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                assertThat(store.text("e0")).isEqualTo("text 3 of session 3");
                assertThat(store.save("later", "opening " + opening)).isEqualTo(17 + opening);
            }
        }
    }

    @Test
    void storeThatWasHalfMadeIsMadeAnew() {
        SimulatedDisk half = new SimulatedDisk(1);
        half.replace(StoreFiles.CREATING, Arrays.copyOf(golden.data(), 5000));

        try (TextStore store = TextStore.open(half, OPTIONS)) {
            assertThat(store.engine().snapshot().sequence()).isZero();
            assertThat(half.list()).doesNotContain(StoreFiles.CREATING);
            assertThat(store.save("a", "first text")).isEqualTo(1);
        }
    }

    @Test
    void storeThatWasHalfMadeBesideAWholeOneIsDeleted() {
        disk.replace(StoreFiles.CREATING, Arrays.copyOf(golden.data(), 5000));

        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            assertThat(store.text("e0")).isEqualTo("text 3 of session 3");
            assertThat(disk.list()).doesNotContain(StoreFiles.CREATING);
        }
    }
}
