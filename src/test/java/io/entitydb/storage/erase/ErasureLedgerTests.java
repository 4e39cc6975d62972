package io.entitydb.storage.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

class ErasureLedgerTests {

    private static final UUID STORE = new UUID(1, 2);
    private static final FileIdentity FILE = file(STORE, 3);
    private static final EntityKey A = new EntityKey("default", "a");
    private static final EntityKey KEY = new EntityKey("other", "ключ-\uD83D\uDD11");

    private final SimulatedDisk disk = new SimulatedDisk(7);

    private static FileIdentity file(UUID store, long id) {
        return new FileIdentity(store, 5, new UUID(0, id), new UUID(8, 9));
    }

    private static ErasureLedger open(SimulatedDisk disk) {
        return ErasureLedger.open(disk, FILE);
    }

    private static LedgerReading read(SimulatedDisk disk) {
        return Objects.requireNonNull(LedgerReading.of(disk));
    }

    @Test
    void nothingIsMadeBeforeTheFirstErasure() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.settle();

            assertThat(ledger.pending()).isEmpty();
            assertThat(disk.list()).isEmpty();
            assertThat(LedgerReading.of(disk)).isNull();
        }
    }

    @Test
    void entriesAreReadAsTheyWereAppended() {
        LedgerEntry first;
        LedgerEntry second;
        try (ErasureLedger ledger = open(disk)) {
            first = ledger.append(A, 3, 1000, "clerk");
            ledger.done(first);
            second = ledger.append(KEY, 1, 2000, "ü".repeat(100));
        }

        assertThat(read(disk).entries()).containsExactly(first, second);
        try (ErasureLedger ledger = open(disk)) {
            assertThat(ledger.entries()).isEqualTo(2);
            assertThat(ledger.pending()).containsExactly(second);
        }
    }

    @Test
    void whatWasDoneInOneFileIsPendingInAnother() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.done(ledger.append(A, 3, 1000, "clerk"));
            ledger.done(ledger.append(KEY, 3, 1000, "clerk"));
        }

        try (ErasureLedger other = ErasureLedger.open(disk, file(STORE, 4))) {
            assertThat(other.pending()).extracting(LedgerEntry::number).containsExactly(1L, 2L);
            other.pending().forEach(other::done);
            assertThat(other.pending()).isEmpty();
        }
        assertThat(read(disk).pendingIn(new UUID(0, 4))).isEmpty();
        assertThat(read(disk).pendingIn(new UUID(0, 5))).hasSize(2);
    }

    @Test
    void oneLineMayTellThatSeveralErasuresWereDone() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.append(A, 3, 1000, "clerk");
            ledger.append(KEY, 3, 1000, "clerk");
            ledger.append(A, 4, 2000, "clerk");
        }
        long end = read(disk).endPosition();
        try (DiskFile file = disk.open(LedgerReading.FILE, Disk.Access.WRITE)) {
            file.write(new LedgerCodec(STORE).done(1, 2, FILE.fileId(), 3000, end), end);
        }

        assertThat(read(disk).pendingIn(FILE.fileId()))
                .extracting(LedgerEntry::number)
                .containsExactly(3L);
    }

    @Test
    void ledgerOfAnotherStoreIsRefused() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.append(A, 3, 1000, "clerk");
        }

        assertThatThrownBy(() -> ErasureLedger.open(disk, file(new UUID(1, 3), 3)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("ledger of store");
    }

    @Test
    void anEndThatIsCutAtAnyByteCountsForNothing() {
        byte[] whole = threeEntries();
        int last = (int) read(disk).lastPosition();

        for (int length = last; length < whole.length; length++) {
            disk.replace(LedgerReading.FILE, Arrays.copyOf(whole, length));

            assertThat(read(disk).entries()).as("%d bytes", length).hasSize(2);
            try (ErasureLedger ledger = open(disk)) {
                ledger.settle();
                ledger.append(KEY, 9, 9000, "clerk");
            }
            assertThat(read(disk).entries()).last().extracting(LedgerEntry::at).isEqualTo(9000L);
        }
    }

    @Test
    void everyBitBeforeTheLastEntryIsGuarded() {
        byte[] whole = threeEntries();
        long last = read(disk).lastPosition();

        for (int bit = 0; bit < last * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            disk.replace(LedgerReading.FILE, flipped);

            assertThatThrownBy(() -> LedgerReading.of(disk))
                    .as("bit %d", bit)
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    private byte[] threeEntries() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.append(A, 1, 1000, "clerk");
            ledger.append(KEY, 2, 2000, "clerk");
            ledger.append(A, 3, 3000, "clerk");
        }
        return disk.contents(LedgerReading.FILE);
    }

    @Test
    void entriesSurviveACrashAtAnyCall() {
        List<Moment> moments = new ArrayList<>();
        List<LedgerEntry> durable = new ArrayList<>();
        disk.control()
                .beforeEachCall(
                        (call, number) ->
                                disk.crashStates(new CrashPlan(number, 60))
                                        .forEach(
                                                state ->
                                                        moments.add(
                                                                new Moment(
                                                                        state,
                                                                        List.copyOf(durable)))));
        try (ErasureLedger ledger = open(disk)) {
            for (int i = 1; i <= 4; i++) {
                LedgerEntry entry = ledger.append(i % 2 == 0 ? A : KEY, i, 1000L * i, "clerk");
                durable.add(entry);
                ledger.done(entry);
            }
        }

        assertThat(moments).hasSizeGreaterThan(100);
        moments.forEach(Moment::check);
    }

    private record Moment(SimulatedDisk state, List<LedgerEntry> durable) {

        void check() {
            try (ErasureLedger ledger = open(state)) {
                ledger.settle();
                assertThat(ledger.entries()).isBetween((long) durable.size(), durable.size() + 1L);
                ledger.append(A, 9, 9000, "clerk");
            }
            List<LedgerEntry> entries = read(state).entries();
            assertThat(entries.subList(0, durable.size())).isEqualTo(durable);
            assertThat(entries.getLast().at()).isEqualTo(9000);
        }
    }

    /** Else the next entry would stand behind a hole, which looks like damage. */
    @Test
    void anEntryThatOnlyThePageCacheShowsIsWrittenAgain() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.append(A, 1, 1000, "clerk");
            disk.control().inject(Fault.of(DiskCall.FORCE, Fault.Effect.PAGES_DROPPED));
            assertThatThrownBy(() -> ledger.append(KEY, 2, 2000, "clerk"))
                    .isInstanceOf(StorageIoException.class);
        }

        try (ErasureLedger ledger = open(disk)) {
            ledger.settle();
            ledger.append(A, 3, 3000, "clerk");
        }

        disk.crashStates(new CrashPlan(1, 20))
                .forEach(state -> assertThat(read(state).entries()).hasSize(3));
    }

    @Test
    void withoutSpaceNothingIsAppended() {
        try (ErasureLedger ledger = open(disk)) {
            ledger.append(A, 1, 1000, "clerk");
            disk.control().inject(Fault.of(DiskCall.WRITE, Fault.Effect.HALF_THEN_NO_SPACE));

            assertThatThrownBy(() -> ledger.append(KEY, 2, 2000, "clerk"))
                    .isInstanceOf(StorageFullException.class);

            assertThat(ledger.append(A, 3, 3000, "clerk").number()).isEqualTo(2);
        }
        assertThat(read(disk).entries()).extracting(LedgerEntry::at).containsExactly(1000L, 3000L);
    }
}
