package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void damageIsToldToWhomItConcerns() {
        Reader reader = log.reader();
        List<DamagedPlace> told = new ArrayList<>();
        DamagedPlace place =
                DamagedPlace.of(
                        reader.corrupt(version, "reason"),
                        DamagedPlace.Part.VERSION,
                        DamagedPlace.Finder.READ);
        reader.onDamage(told::add);

        reader.damaged(place);

        assertThat(told).containsExactly(place);
        assertThat(place.file()).isEqualTo(reader.fileName()).isEqualTo("entities.edb");
    }

    @Test
    void entityThatIsBeingErasedReadsAsErased() {
        EraseTable table = new EraseTable();
        DiskFile file = log.file(log.bytes());
        Reader reader = new Reader(file, checksum, log.dictionary(), file.size(), table);
        assertThat(reader.readVersion(version).isErased()).isFalse();
        assertThat(reader.erasing()).isSameAs(table);

        table.hide(WrittenLog.KEY, 1, Long.MAX_VALUE);

        assertThat(reader.readVersion(version).isErased()).isTrue();
    }

    @Test
    void dictionaryFrameIsReadableAsAWhole() {
        Reader reader = log.reader();
        long size = log.end() - LogForgery.START;

        assertThatThrownBy(() -> reader.loadDictionary(LogForgery.START, size + 8))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("tagDictOffset position out of range");
        assertThatThrownBy(() -> reader.loadDictionary(LogForgery.START - 8, LEAST))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("tagDictOffset position out of range");
    }

    @Test
    void dictionaryThatIsAsShortOrAsLongAsCanBeIsLookedFor() {
        assertThatThrownBy(() -> log.reader().loadDictionary(version - 8, LEAST))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageNotContaining("tagDictSize");
        assertThatThrownBy(
                        () -> log.reader().loadDictionary(LogForgery.START, FrameLayout.MAX_BYTES))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("tagDictOffset position out of range");
    }

    @Test
    void pieceOfAContentIsReadForItsOwnerOnly() {
        byte[] piece = {1, 2, 3};
        VersionDraft draft =
                RecordScene.draft(2, version, piece, new DraftContent.Chunks(List.of(piece)));
        long second = log.add(draft);
        long chunk = log.reader().readVersion(second).chunkPositions(log.dictionary())[0];

        assertThat(log.reader().readChunk(chunk, WrittenLog.KEY)).isEqualTo(ByteBuffer.wrap(piece));
        assertThat(log.reader().chunkLength(chunk)).isEqualTo(3);
        assertThatThrownBy(() -> log.reader().readChunk(chunk, WrittenLog.OTHER))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("chunk of another entity");
        assertThatThrownBy(() -> log.reader().chunkLength(log.end() - 8))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("chunk position out of range");
    }

    private RawRecord readWithLength(int length, int size) {
        byte[] bytes = Arrays.copyOf(log.bytes(), size);
        int at = log.index(version);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);
        new LogForgery(bytes).repairRecord(at);
        return log.reader(log.file(bytes)).readRecord(version);
    }

    @Test
    void recordIsAsLongAsItCanBe() {
        int size = log.index(version) + RecordLayout.MAX_BYTES;

        assertThat(readWithLength(RecordLayout.MAX_BYTES, size).bytes())
                .hasSize(RecordLayout.MAX_BYTES);
        assertThat(readWithLength(RecordLayout.PREFIX_BYTES, size).bytes())
                .hasSize(RecordLayout.PREFIX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RecordLayout.PREFIX_BYTES - 8,
                RecordLayout.PREFIX_BYTES + 4,
                RecordLayout.MAX_BYTES + 8,
                -8
            })
    void lengthThatNoRecordHasIsRefused(int length) {
        assertThatThrownBy(() -> readWithLength(length, RecordLayout.MAX_BYTES * 2))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("record length " + length);
    }

    @Test
    void recordThatPassesTheEndIsRefused() {
        int size = log.bytes().length;
        int room = size - log.index(version);

        assertThat(readWithLength(room, size).bytes()).hasSize(room);
        assertThatThrownBy(() -> readWithLength(room + 8, size))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("record position out of range");
    }

    @Test
    void checksumsAreToldAsTheyAre() {
        byte[] bytes = log.bytes();
        bytes[log.index(version) + RecordLayout.BODY] ^= 1;
        byte[] record =
                Arrays.copyOfRange(
                        bytes, log.index(version), log.index(version) + written.bytes().length);
        int actual = checksum.copy().ofRecord(version, record, 0, record.length);

        assertThatThrownBy(() -> log.reader(log.file(bytes)).readRecord(version))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(
                        "record checksum is %08x, written was %08x"
                                .formatted(actual, written.crc()));
    }
}
