package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Erase marks are found past damage, and of what they name only what fits is erased. */
class EraseRedoTests {

    private final WrittenLog log = new WrittenLog();
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private final long record = log.add(WrittenLog.KEY, 1, 0);
    private final RawRecord written = log.reader().readRecord(record);
    private final ErasedRecord erased = new ErasedRecord(record, ErasedForm.of(written, checksum));

    /** Adds a mark; where its frame begins. */
    private long mark(long number, EraseMark.Target... targets) {
        long begin = log.end();
        log.appender()
                .appendEraseMark(
                        new EraseMark(number, WrittenLog.KEY, 1, 5, "tester", 0, List.of(targets)));
        return begin;
    }

    private EraseRedo redo(DiskFile file) {
        return new EraseRedo(file, checksum, mark -> mark.number() < 100);
    }

    private static List<Long> numbers(List<EraseRedo.Found> marks) {
        return marks.stream().map(found -> found.mark().number()).toList();
    }

    private List<Long> numbers(byte[] bytes, long from) {
        return numbers(redo(log.file(bytes)).marks(from, log.end()));
    }

    @Test
    void marksAreFoundInOrderFromAPositionOn() {
        long first = mark(1);
        long second = mark(2);
        mark(100);
        log.appender().appendDictionary();
        mark(3);

        assertThat(numbers(log.bytes(), LogForgery.START)).containsExactly(1L, 2L, 3L);
        assertThat(numbers(log.bytes(), first)).containsExactly(1L, 2L, 3L);
        assertThat(numbers(log.bytes(), second)).containsExactly(2L, 3L);
        assertThat(numbers(log.bytes(), log.end())).isEmpty();
        assertThat(numbers(redo(log.file(log.bytes())).marks(first, second))).containsExactly(1L);
    }

    @Test
    void marksAreFoundPastWhatIsDamaged() {
        long first = mark(1);
        mark(2);
        byte[] bytes = log.bytes();
        bytes[log.index(first) + FrameLayout.LENGTH] ^= 1;

        assertThat(numbers(bytes, LogForgery.START)).containsExactly(2L);
    }

    @Test
    void markIsBelievedOnlyIfItsFrameVerifies() {
        long first = mark(1);
        mark(2);
        byte[] bytes = log.bytes();
        bytes[log.index(first) + FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES] ^= 1;

        assertThat(numbers(bytes, LogForgery.START)).containsExactly(2L);
    }

    @Test
    void bytesOfAMarkAreThoseOfItsFrame() {
        long begin = mark(1);
        byte[] bytes = log.bytes();
        EraseRedo redo = redo(log.file(bytes));

        byte[] frame = redo.bytes(redo.marks(LogForgery.START, log.end()).getFirst());

        assertThat(frame).isEqualTo(Arrays.copyOfRange(bytes, log.index(begin), bytes.length));
    }

    private List<ErasedRecord> records(DiskFile file) {
        List<ErasedRecord> records = new ArrayList<>();
        EraseRedo redo = redo(file);
        redo.marks(LogForgery.START, log.end()).forEach(mark -> redo.records(mark, records::add));
        return records;
    }

    private void requireErased(byte[] bytes) {
        List<ErasedRecord> records = records(log.file(bytes));
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().position()).isEqualTo(record);
        assertThat(records.getFirst().bytes()).isEqualTo(erased.bytes());
    }

    @Test
    void recordIsErasedFromAnyState() {
        mark(1, erased.target());
        byte[] bytes = log.bytes();
        requireErased(bytes);

        System.arraycopy(erased.bytes(), 0, bytes, log.index(record), RecordLayout.SALT);
        requireErased(bytes);

        System.arraycopy(erased.bytes(), 0, bytes, log.index(record), erased.bytes().length);
        requireErased(bytes);
    }

    @Test
    void recordThatIsDamagedBesidesIsLeft() {
        mark(1, erased.target());
        byte[] bytes = log.bytes();
        bytes[log.index(record) + RecordLayout.VERSION] ^= 1;

        assertThat(records(log.file(bytes))).isEmpty();
    }

    @Test
    void recordThatTheDeviceCannotReadIsLeft() {
        mark(1, erased.target());

        assertThat(records(new HoledFile(log.file(log.bytes()), record + 8, record + 9))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-8, 96", "0, 40", "0, -8", "0, 4194312", "1000000, 96", "0, 104"})
    void targetThatIsNoRecordIsLeft(long more, int length) {
        mark(1, new EraseMark.Target(LogForgery.START + more, length, 7));

        assertThat(records(log.file(log.bytes()))).isEmpty();
    }

    @Test
    void targetStandsBeforeItsMark() {
        long own = log.end() + FrameLayout.HEADER_BYTES;
        EraseMark.Target target = erased.target();
        mark(1, new EraseMark.Target(own, target.length(), target.crc()), target);

        requireErased(log.bytes());
    }

    @Test
    void recordRightBeforeItsMarkIsErased() {
        byte[] piece = {1, 2, 3};
        long chunk = log.appender().appendChunk(WrittenLog.KEY, ByteBuffer.wrap(piece));
        RawRecord raw = log.reader().readRecord(chunk);
        ErasedRecord form = new ErasedRecord(chunk, ErasedForm.of(raw, checksum));
        mark(1, form.target());

        List<ErasedRecord> records = records(log.file(log.bytes()));

        assertThat(records).hasSize(1);
        assertThat(ChunkCodec.decode(raw.with(form.bytes()), WrittenLog.KEY, log.dictionary()))
                .satisfies(found -> assertThat(found.isErased()).isTrue());
        for (int i = raw.bytes().length - 8; i < raw.bytes().length; i++) {
            assertThat(form.bytes()[i]).isZero();
        }
    }
}
