package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Records that are read while they are overwritten, and positions that are no record's. */
class ReaderTests {

    private static final long LEAST = FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES;

    private final WrittenLog log = new WrittenLog();
    private final long version = log.add(WrittenLog.KEY, 1, 0);
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private final RawRecord written = log.reader().readRecord(version);
    private final ErasedRecord erased = new ErasedRecord(version, ErasedForm.of(written, checksum));

    /** The log with the first half of the record overwritten. */
    private byte[] half() {
        byte[] bytes = log.bytes();
        int half = RecordLayout.SALT;
        System.arraycopy(erased.bytes(), 0, bytes, log.index(version), half);
        return bytes;
    }

    @Test
    void recordThatIsHalfOverwrittenIsReadAsItIsGoingToBe() {
        EraseTable table = new EraseTable();
        DiskFile file = log.file(half());
        Reader reader = new Reader(file, checksum, log.dictionary(), file.size(), table);
        assertThatThrownBy(() -> reader.readRecord(version))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("record checksum is");

        table.overwriting(List.of(erased.target()));

        assertThat(reader.readRecord(version).bytes()).isEqualTo(erased.bytes());
    }

    @Test
    void recordIsReadOnceMoreIfItWasOverwrittenMeanwhile() {
        BytesFile before = log.file(half());
        DiskFile file =
                new ForwardingFile(log.file(log.bytes())) {
                    private int reads;

                    @Override
                    public void read(long position, byte[] target, int offset, int length) {
                        reads++;
                        if (reads <= 2) {
                            before.read(position, target, offset, length);
                        } else {
                            super.read(position, target, offset, length);
                        }
                    }
                };

        assertThat(log.reader(file).readRecord(version).bytes()).isEqualTo(written.bytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, LEAST - 1, FrameLayout.MAX_BYTES + 1L, Long.MAX_VALUE, -1})
    void dictionaryOfAnImpossibleSizeIsRefused(long size) {
        assertThatThrownBy(() -> log.reader().loadDictionary(LogForgery.START, size))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("tagDictSize " + size);
    }

    @Test
    void dictionaryIsTakenFromItsFrame() {
        TagDictionary words = new TagDictionary();
        DiskFile file = log.file(log.bytes());
        Reader reader = new Reader(file, checksum, words, file.size());
        long size = version - FrameLayout.HEADER_BYTES - LogForgery.START;

        reader.loadDictionary(LogForgery.START, size);

        assertThat(words.agreesWith(log.dictionary())).isTrue();
        assertThat(words.size()).isEqualTo(log.dictionary().size());
        assertThatThrownBy(() -> reader.loadDictionary(version - FrameLayout.HEADER_BYTES, size))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("dictionary expected");
    }

    @Test
    void positionThatIsNoRecordsIsRefused() {
        Reader reader = log.reader();

        for (long position :
                new long[] {0, LogForgery.START - 8, version + 4, log.end(), log.end() - 40}) {
            assertThatThrownBy(() -> reader.readRecord(position))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("record position out of range");
        }
    }

    @Test
    void moreCanBeReadOnceItIsMapped() {
        DiskFile file = log.file(log.bytes());
        Reader reader = new Reader(file, checksum, log.dictionary(), version);
        assertThatThrownBy(() -> reader.readRecord(version))
                .isInstanceOf(CorruptDataException.class);

        reader.readable(log.end());

        assertThat(reader.readRecord(version).position()).isEqualTo(version);
    }
}
