package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.DiskFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What is read of a version whose content nobody wants, and that all of it is checked. */
class HeadReaderTests {

    private static final int BODY = RecordLayout.BODY;
    private static final int CONTENT_BYTES = 1001;

    private final WrittenLog log = new WrittenLog();
    private final byte[] bytes = new byte[CONTENT_BYTES];
    private final long first = log.add(WrittenLog.KEY, 1, 0);
    private final long position;

    HeadReaderTests() {
        Arrays.fill(bytes, (byte) 7);
        position = log.add(draft(bytes));
    }

    private VersionDraft draft(byte[] content) {
        Content whole = Content.of("text/plain", content);
        return WrittenLog.draft(WrittenLog.KEY, 2, first).toBuilder()
                .contentLength(whole.length())
                .contentDigest(whole.digest())
                .content(new DraftContent.Inline(content))
                .build();
    }

    @Test
    void headHoldsAllButTheContent() {
        Reader reader = log.reader();
        VersionRecord whole = reader.readVersion(position);

        VersionRecord head = reader.readHead(position);

        assertThat(head.raw().isCut()).isTrue();
        assertThat(head.raw().bytes().length).isEqualTo(whole.raw().bytes().length - CONTENT_BYTES);
        assertThat(head.raw().bytes())
                .isEqualTo(Arrays.copyOf(whole.raw().bytes(), head.raw().bytes().length));
        assertThat(head.end()).isEqualTo(whole.end());
        assertThat(head.isOf(WrittenLog.KEY, log.dictionary())).isTrue();
        assertThat(head.createdBy("tester")).isEqualTo(whole.toEntity(reader).createdBy());
        assertThat(head.hasContent(Content.of("text/html", bytes))).isTrue();
        assertThat(head.hasContent(Content.of("text/html", new byte[CONTENT_BYTES]))).isFalse();
    }

    @Test
    void headIsMadeAWholeEntity() {
        Reader reader = log.reader();

        assertThat(reader.readHead(position).toEntity(reader))
                .isEqualTo(reader.readVersion(position).toEntity(reader));
        assertThat(reader.readHead(position).toEntity(reader).content().bytes()).isEqualTo(bytes);
    }

    @Test
    void everyByteIsChecked() {
        byte[] sound = log.bytes();
        int from = log.index(position);
        int to = log.index(log.reader().readVersion(position).end());
        for (int i = from; i < to; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 0x20;
            Reader reader = log.reader(log.file(damaged));

            assertThatThrownBy(() -> reader.readHead(position))
                    .as("byte %d", i - from)
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, BODY - 8, BODY, BODY + 1, 1416, 2048, 4096, 8192, 1 << 20, -8})
    void lengthThatIsNoneIsRefused(int length) {
        byte[] damaged = log.bytes().clone();
        ByteBuffer.wrap(damaged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(log.index(position) + RecordLayout.LENGTH, length);
        Reader reader = log.reader(log.file(damaged));

        assertThatThrownBy(() -> reader.readHead(position))
                .isInstanceOf(CorruptDataException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 2000, Long.MAX_VALUE})
    void contentThatDoesNotFitIntoItsRecordIsNotCutOffBehindARightChecksum(long length) {
        byte[] forged = log.bytes().clone();
        int at = log.index(position);
        ByteBuffer.wrap(forged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(at + RecordLayout.CONTENT_LENGTH, length);
        new LogForgery(forged).repairRecord(at);
        Reader reader = log.reader(log.file(forged));

        if (length < 0) {
            assertThatThrownBy(() -> reader.readHead(position))
                    .isInstanceOf(CorruptDataException.class);
        } else {
            VersionRecord whole = reader.readHead(position);
            assertThat(whole.raw().isCut()).isFalse();
            assertThatThrownBy(() -> whole.toEntity(reader).content().bytes())
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void recordOfAnotherPlaceIsNoHead() {
        for (long wrong : new long[] {0, position + 4, position + 8, log.end(), log.end() + 8}) {
            assertThatThrownBy(() -> log.reader().readHead(wrong))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void longRecordAndOtherFormsAreReadWhole() {
        long longer = log.add(draft(new byte[20_000]));
        VersionDraft referring =
                WrittenLog.draft(WrittenLog.KEY, 3, position).toBuilder()
                        .contentLength(CONTENT_BYTES)
                        .contentDigest(Content.of("text/plain", bytes).digest())
                        .content(new DraftContent.Earlier(position))
                        .build();
        long earlier = log.add(referring);
        Reader reader = log.reader();

        assertThat(reader.readHead(longer).raw().isCut()).isFalse();
        VersionRecord head = reader.readHead(earlier);
        assertThat(head.raw().isCut()).isFalse();
        assertThat(head.contentPosition(log.dictionary())).isEqualTo(position);
    }

    @Test
    void keptVersionIsTaken() {
        Reader reader = log.reader();
        reader.keep(8);
        reader.readVersion(position);
        reader.readVersion(position);
        VersionRecord kept = reader.readVersion(position);

        assertThat(reader.readHead(position)).isSameAs(kept);
    }

    @Test
    void whatIsBeingErasedIsShownAsErased() {
        EraseTable table = new EraseTable();
        DiskFile file = log.file(log.bytes());
        Reader reader =
                new Reader(
                        file,
                        new Checksum(LogForgery.IDENTITY),
                        log.dictionary(),
                        file.size(),
                        table);
        assertThat(reader.readHead(position).isErased()).isFalse();

        table.hide(WrittenLog.KEY, 2, 2_000);

        VersionRecord erased = reader.readHead(position);
        assertThat(erased.isErased()).isTrue();
        assertThat(erased.number()).isEqualTo(2);
        assertThat(erased.createdBy("somebody")).isEqualTo(erased.toEntity(reader).createdBy());
        DraftTag[] tags = {DraftTag.of(Tag.parse("type:a"), 0)};
        KeptTimes.take(tags, erased, log.dictionary());
        assertThat(tags[0].assertedAt()).isZero();
    }
}
