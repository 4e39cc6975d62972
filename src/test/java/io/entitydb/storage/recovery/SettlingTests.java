package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.JournalingDisk;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an opening writes and forces before the store takes writes, and in which order. The header
 * knows one transaction and stands in the second slot, with generation 3.
 */
class SettlingTests {

    private static final int MIB = 1 << 20;
    private static final String DELETE = "delete entities.edb.new";
    private static final String DIRECTORY = "force directory";
    private static final String NEWEST_SLOT = "write entities.edb 4096+4096";
    private static final String OTHER_SLOT = "write entities.edb 0+4096";
    private static final String FORCE = "force entities.edb";

    private final HandmadeStore store = new HandmadeStore();
    private final JournalingDisk disk = new JournalingDisk(store.disk());
    private long record;
    private long known;

    @BeforeEach
    void oneKnownTransaction() {
        record = store.add(HandmadeStore.KEY, 1, 0);
        store.publish();
        known = store.border().position();
    }

    private RecoveredStore openInterval(boolean isInterval) {
        return new Recovery(disk, new RecoveryOptions(false, 2 * MIB, isInterval))
                .run((done, total) -> {});
    }

    /** Adds a transaction that the header does not know. */
    private long unknownTransaction() {
        store.add(HandmadeStore.OTHER, 1, 0);
        store.write();
        return store.border().position();
    }

    private static String write(long from, long to) {
        return "write entities.edb " + from + "+" + (to - from);
    }

    @Test
    void logThatTheHeaderKnowsIsForcedWithItAndNotWritten() {
        RecoveredStore opened = store.openFrom(disk);

        assertThat(disk.journal()).containsExactly(DELETE, DIRECTORY, NEWEST_SLOT, FORCE);
        assertThat(opened.headerSync().current()).isEqualTo(store.header());
        assertThat(opened.wal().allocatedBytes()).isEqualTo(store.header().fileSize());
        assertThat(opened.findings().isTailSettled()).isFalse();
        assertThat(opened.findings().discardedBytes()).isZero();
        assertThat(opened.findings().settleFailure()).isNull();
    }

    @Test
    void unknownFramesAreWrittenAgainAndForcedBeforeAHeaderNamesThem() {
        long end = unknownTransaction();
        long size = store.file().size();

        RecoveredStore opened = store.openFrom(disk);

        assertThat(disk.journal())
                .containsExactly(
                        DELETE,
                        DIRECTORY,
                        NEWEST_SLOT,
                        write(known, end),
                        write(end, end + MIB),
                        write(end + MIB, size),
                        FORCE,
                        OTHER_SLOT,
                        FORCE);
        store.publish();
        assertThat(opened.headerSync().current()).isEqualTo(store.header());
        assertThat(HeaderSlots.read(store.file()).newest()).isEqualTo(store.header());
        assertThat(opened.headerSync().entityCount()).isEqualTo(2);
        assertThat(opened.findings().isTailSettled()).isTrue();
        assertThat(opened.findings().discardedBytes()).isZero();
    }

    @Test
    void headerNamesTheNewestWordsThatWereReplayed() {
        store.appender().appendDictionary();
        store.write();

        Header settled = store.open().headerSync().current();

        assertThat(settled.tagDictOffset()).isEqualTo(store.words().position()).isEqualTo(known);
        assertThat(settled.tagDictSize()).isEqualTo(store.words().length());
    }

    @Test
    void bytesBehindTheEndAreCleared() {
        store.file().write(ByteBuffer.wrap(new byte[] {1}), known + 4_096);

        RecoveredStore opened = store.open();

        long size = store.file().size();
        byte[] bytes = store.disk().contents(StoreFiles.DATA);
        assertThat(Arrays.copyOfRange(bytes, (int) known, (int) size)).containsOnly(0);
        assertThat(opened.findings().isTailSettled()).isTrue();
        assertThat(opened.findings().discardedBytes()).isEqualTo(size - known);
        assertThat(opened.headerSync().current())
                .isEqualTo(store.header().withGeneration(store.header().generation() + 1));
    }

    @Test
    void spaceThatTheHeaderDoesNotKnowIsClearedBeforeItIsUsed() {
        long longer = store.file().size() + 4_096;
        store.file().write(ByteBuffer.wrap(new byte[4_096]), longer - 4_096);

        RecoveredStore readOnly = store.openReadOnly();
        RecoveredStore opened = store.openFrom(disk);

        assertThat(readOnly.wal().allocatedBytes()).isEqualTo(store.header().fileSize());
        assertThat(disk.journal()).contains(write(known + 2 * MIB, longer));
        assertThat(opened.wal().allocatedBytes()).isEqualTo(longer);
        assertThat(opened.headerSync().current().fileSize()).isEqualTo(longer);
    }

    @Test
    void bytesThatAreNoWholeWordAreNotUsed() {
        long size = store.file().size();
        store.file().write(ByteBuffer.wrap(new byte[7]), size);

        RecoveredStore opened = store.openFrom(disk);

        assertThat(opened.findings().isTailSettled()).isFalse();
        assertThat(opened.wal().allocatedBytes()).isEqualTo(size);
    }

    @Test
    void headerTellsHowTheStoreIsWrittenFromHereOn() {
        RecoveredStore opened = openInterval(true);

        assertThat(disk.journal())
                .containsExactly(DELETE, DIRECTORY, NEWEST_SLOT, FORCE, OTHER_SLOT, FORCE);
        assertThat(opened.headerSync().current().isInterval()).isTrue();
        assertThat(opened.headerSync().current().epoch()).isEqualTo(store.header().epoch());
        assertThat(opened.findings().isTailSettled()).isFalse();
    }

    @Test
    void epochGrowsWhereAcknowledgedTransactionsMayBeMissing() {
        store.publish(next -> next.withInterval(true));

        RecoveredStore opened = openInterval(false);

        assertThat(opened.headerSync().current().isInterval()).isFalse();
        assertThat(opened.headerSync().current().epoch()).isEqualTo(store.header().epoch() + 1);
    }

    @Test
    void endOfTheLedgerIsMadeCertainBeforeTheLogIs() {
        try (ErasureLedger ledger = ErasureLedger.open(store.disk(), store.header().identity())) {
            ledger.done(ledger.append(HandmadeStore.KEY, 1, store.nextTime(), "tester"));
        }

        store.openFrom(disk);

        assertThat(disk.journal()).hasSize(6).startsWith(DELETE, DIRECTORY);
        assertThat(disk.journal().get(2)).startsWith("write " + LedgerReading.FILE);
        assertThat(disk.journal().subList(3, 6))
                .containsExactly("force " + LedgerReading.FILE, NEWEST_SLOT, FORCE);
    }

    @ParameterizedTest
    @CsvSource({
        "FORCE_DIRECTORY, 1",
        "WRITE, 1",
        "WRITE, 2",
        "WRITE, 3",
        "WRITE, 5",
        "FORCE, 1",
        "FORCE, 2"
    })
    void storeThatCannotBeSettledIsReadAsItIs(DiskCall call, int which) {
        unknownTransaction();
        store.disk().control().inject(Fault.of(call, Fault.Effect.IO_ERROR).at(which));

        RecoveredStore opened = store.open();

        assertThat(opened.findings().settleFailure()).contains("simulated IO_ERROR");
        assertThat(opened.findings().isTailSettled()).isFalse();
        assertThat(opened.findings().damage()).isNull();
        assertThat(opened.headerSync().current()).isEqualTo(store.header());
        assertThat(opened.headerSync().entityCount()).isEqualTo(2);
        assertThat(opened.reader().readVersion(record).sequence()).isEqualTo(1);
    }

    @Test
    void readOnlyNothingIsDoneAtAll() {
        unknownTransaction();
        store.disk().replace(StoreFiles.CREATING, new byte[] {1});
        long before = store.disk().control().calls();

        RecoveredStore opened = store.openReadOnly();

        assertThat(store.disk().control().calls()).isEqualTo(before);
        assertThat(store.disk().list()).contains(StoreFiles.CREATING);
        assertThat(opened.wal().tail()).isEqualTo(store.border());
        assertThat(opened.headerSync().current()).isEqualTo(store.header());
    }

    @Test
    void damagedStoreIsLeftAsItIs() {
        store.flip(record + 8);
        byte[] damaged = store.disk().contents(StoreFiles.DATA);

        RecoveredStore opened = store.openFrom(disk);

        assertThat(disk.journal()).containsExactly(DELETE);
        assertThat(store.disk().contents(StoreFiles.DATA)).isEqualTo(damaged);
        assertThat(opened.findings().damage()).isNotNull();
        assertThat(opened.findings().isTailSettled()).isFalse();
        assertThat(opened.headerSync().entityCount()).isZero();
    }

    @Test
    void fileThatIsTooShortIsDamagedWhateverItHolds() {
        long shorter = store.file().size() - 8;
        byte[] bytes = store.disk().contents(StoreFiles.DATA);
        store.disk().replace(StoreFiles.DATA, Arrays.copyOf(bytes, (int) shorter));

        RecoveredStore opened = store.openFrom(disk);

        assertThat(disk.journal()).containsExactly(DELETE);
        assertThat(opened.findings().damage())
                .isEqualTo(
                        "file has "
                                + shorter
                                + " bytes, its header says "
                                + store.header().fileSize());
        assertThat(opened.wal().allocatedBytes()).isEqualTo(shorter);
        assertThat(opened.wal().tail()).isEqualTo(store.border());
    }
}
