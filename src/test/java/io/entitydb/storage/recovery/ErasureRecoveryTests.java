package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.erase.ErasureLedger;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.JournalingDisk;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.EraseWalk;
import io.entitydb.storage.log.RecordLayout;
import io.entitydb.storage.log.VersionRecord;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** The ledger has one erasure as pending: of version 1 of entity a, as asked for at one time. */
class ErasureRecoveryTests {

    private static final EntityKey KEY = HandmadeStore.KEY;

    private final HandmadeStore store = new HandmadeStore();
    private long record;
    private long asked;

    @BeforeEach
    void pending() {
        record = store.add(KEY, 1, 0);
        asked = store.nextTime();
        store.write();
        try (ErasureLedger ledger = ErasureLedger.open(store.disk(), store.header().identity())) {
            ledger.append(KEY, 1, asked, "tester");
        }
    }

    /** What the erasure overwrites. */
    private EraseWalk.Batch walk() {
        VersionRecord newest = store.reader().readVersion(record);
        EraseWalk walk = new EraseWalk(store.reader(), newest, 1, asked, 1 << 20);
        return Objects.requireNonNull(walk.next());
    }

    /** A mark that names the record. */
    private void mark(long number, String id, long version, long later) {
        store.appender()
                .appendEraseMark(
                        new EraseMark(
                                number,
                                new EntityKey("default", id),
                                version,
                                asked + later,
                                "tester",
                                0,
                                walk().targets()));
        store.publish();
    }

    private boolean isErased(RecoveredStore opened) {
        return opened.reader().readVersion(record).isErased();
    }

    @Test
    void erasureIsRepeatedAsItsMarkSays() {
        mark(1, "a", 1, 0);

        RecoveredStore opened = store.open();

        assertThat(opened.findings().settleFailure()).isNull();
        assertThat(isErased(opened)).isTrue();
        assertThat(store.reader().readVersion(record).isErased()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, a, 1, 0", "1, b, 1, 0", "1, a, 2, 0", "1, a, 1, 1"})
    void markOfAnotherErasureIsLeft(long number, String id, long version, long later) {
        mark(number, id, version, later);

        RecoveredStore opened = store.open();

        assertThat(opened.findings().damage()).isNull();
        assertThat(isErased(opened)).isFalse();
    }

    @Test
    void readOnlyAHalfOverwrittenRecordReadsAsItIsGoingToBe() {
        mark(1, "a", 1, 0);
        byte[] erased = Arrays.copyOf(walk().records().getFirst().bytes(), RecordLayout.SALT);
        store.file().write(ByteBuffer.wrap(erased), record);

        RecoveredStore opened = store.openReadOnly();

        assertThat(opened.findings().damage()).isNull();
        assertThat(isErased(opened)).isTrue();
        assertThatThrownBy(() -> store.reader().readVersion(record))
                .isInstanceOf(CorruptDataException.class);
    }

    @Test
    void markIsDurableAgainBeforeARecordIsOverwritten() {
        long begin = store.border().position();
        mark(1, "a", 1, 0);
        int length = walk().records().getFirst().bytes().length;
        JournalingDisk disk = new JournalingDisk(store.disk());

        store.openFrom(disk);

        assertThat(disk.journal())
                .startsWith(
                        "delete entities.edb.new",
                        "write entities.edb " + begin + "+" + (store.border().position() - begin),
                        "force entities.edb",
                        "write entities.edb " + record + "+" + length,
                        "force entities.edb",
                        "force directory");
    }

    @Test
    void readOnlyNothingIsWritten() {
        mark(1, "a", 1, 0);
        long before = store.disk().control().calls();

        store.openReadOnly();

        assertThat(store.disk().control().calls()).isEqualTo(before);
    }

    @Test
    void recordThatCouldNotBeOverwrittenWholeReadsAsItIsGoingToBe() {
        mark(1, "a", 1, 0);
        store.disk()
                .control()
                .inject(Fault.of(DiskCall.WRITE, Fault.Effect.HALF_THEN_IO_ERROR).at(2));

        RecoveredStore opened = store.open();

        assertThat(opened.findings().settleFailure()).contains("simulated HALF_THEN_IO_ERROR");
        assertThat(opened.findings().damage()).isNull();
        assertThat(isErased(opened)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"WRITE, 1", "WRITE, 2", "FORCE, 1", "FORCE, 2"})
    void storeThatCannotFinishAnErasureStaysAsItIs(DiskCall call, int which) {
        mark(1, "a", 1, 0);
        store.disk().control().inject(Fault.of(call, Fault.Effect.IO_ERROR).at(which));

        RecoveredStore opened = store.open();

        assertThat(opened.findings().settleFailure()).contains("simulated IO_ERROR");
        assertThat(opened.findings().isTailSettled()).isFalse();
        assertThat(opened.ledger().pending()).hasSize(1);
        assertThat(opened.headerSync().current()).isEqualTo(store.header());
    }
}
