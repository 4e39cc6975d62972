package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Contents that are read back, and what is wrong with some. */
class ContentReadingTests {

    private static final byte[] FIRST = {1, (byte) 0xff};
    private static final byte[] SECOND = {3};
    private static final byte[] WHOLE = {1, (byte) 0xff, 3};

    private final WrittenLog log = new WrittenLog();

    private long chunked() {
        return log.add(
                RecordScene.draft(1, 0, WHOLE, new DraftContent.Chunks(List.of(FIRST, SECOND))));
    }

    private String problemOf(long position) {
        Reader reader = log.reader();
        VersionRecord version = reader.readVersion(position);
        return String.valueOf(VersionFacts.of(version, log.dictionary()).contentProblem(reader));
    }

    @Test
    void contentInPiecesIsReadByteByByte() throws IOException {
        long position = chunked();
        Reader reader = log.reader();
        Content content = reader.readVersion(position).toEntity(reader).content();

        try (InputStream in = content.source().open()) {
            assertThat(in.read(new byte[1], 0, 0)).isZero();
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read()).isEqualTo(255);
            assertThat(in.read()).isEqualTo(3);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
        }
    }

    @Test
    void contentIsThatOfTheVersionThatHoldsIt() {
        long first = chunked();
        long second = log.add(earlier(2, first, first, WHOLE));

        assertThat(problemOf(first)).isEqualTo("null");
        assertThat(problemOf(second)).isEqualTo("null");
    }

    @Test
    void contentIsHeldByAVersionWithBytes() {
        long first = chunked();
        long second = log.add(earlier(2, first, first, WHOLE));
        long third = log.add(earlier(3, second, second, WHOLE));

        assertThat(problemOf(third)).isEqualTo("version at " + second + " does not hold it");
    }

    @Test
    void contentIsHeldByAVersionOfTheEntity() {
        long other = log.add(WrittenLog.OTHER, 1, 0);
        byte[] text = {'t', 'e', 'x', 't', ' ', '1'};
        long mine = log.add(earlier(1, 0, other, text));

        assertThat(problemOf(mine)).isEqualTo("version at " + other + " does not hold it");
    }

    @Test
    void contentIsHeldByAVersionWithTheSameBytes() {
        long first = chunked();
        long longer = log.add(earlier(2, first, first, new byte[] {1, 2, 3, 4}));
        long another = log.add(earlier(3, longer, first, new byte[] {1, 2, 3}));

        assertThat(problemOf(longer)).isEqualTo("version at " + first + " does not hold it");
        assertThat(problemOf(another)).isEqualTo("version at " + first + " does not hold it");
    }

    @Test
    void contentIsNotHeldByALaterVersion() {
        long first = log.add(earlier(1, 0, LogForgery.START + (1 << 20), WHOLE));

        assertThat(problemOf(first)).startsWith("content refers forward to");
    }

    @Test
    void bytesAreThoseOfLengthAndDigest() {
        long shorter =
                log.add(
                        RecordScene.draft(1, 0, WHOLE, new DraftContent.Inline(WHOLE)).toBuilder()
                                .contentLength(2)
                                .build());
        long another =
                log.add(
                        RecordScene.draft(1, 0, WHOLE, new DraftContent.Inline(WHOLE)).toBuilder()
                                .contentDigest(Digest.ZERO)
                                .build());
        long fewer =
                log.add(RecordScene.draft(1, 0, WHOLE, new DraftContent.Chunks(List.of(FIRST))));

        assertThat(problemOf(shorter)).startsWith("digest ");
        assertThat(problemOf(another)).isEqualTo("digest " + Digest.sha256(WHOLE));
        assertThat(problemOf(fewer)).isEqualTo("2 bytes of 3");
    }

    private static VersionDraft earlier(long number, long previous, long holder, byte[] bytes) {
        return RecordScene.draft(number, previous, bytes, new DraftContent.Earlier(holder));
    }

    private byte[] read(long position) throws IOException {
        Reader reader = log.reader();
        VersionRecord version = reader.readVersion(position);
        try (InputStream in = ContentStream.of(version, reader)) {
            return in.readAllBytes();
        }
    }

    private void requireRefused(long position, String reason) {
        Reader reader = log.reader();
        List<DamagedPlace> told = new ArrayList<>();
        reader.onDamage(told::add);
        VersionRecord version = reader.readVersion(position);

        assertThatThrownBy(() -> ContentStream.of(version, reader))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(reason);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().key()).isEqualTo(WrittenLog.KEY);
        assertThat(told.getFirst().part()).isEqualTo(DamagedPlace.Part.VERSION);
    }

    @Test
    void contentOfAnEarlierVersionIsRead() throws IOException {
        long first = chunked();
        long second = log.add(earlier(2, first, first, WHOLE));

        assertThat(read(second)).isEqualTo(WHOLE);
    }

    @Test
    void contentOfAnotherEntityIsNotRead() {
        byte[] text = {'t', 'e', 'x', 't', ' ', '1'};
        long other = log.add(WrittenLog.OTHER, 1, 0);

        requireRefused(
                log.add(earlier(1, 0, other, text)),
                "record does not hold the content that refers to it");
    }

    @Test
    void contentIsNotReadFromAVersionThatRefersToAnother() {
        long first = chunked();
        long second = log.add(earlier(2, first, first, WHOLE));

        requireRefused(
                log.add(earlier(3, second, second, WHOLE)),
                "record does not hold the content that refers to it");
    }

    @Test
    void otherContentIsNotRead() {
        long first = chunked();

        requireRefused(
                log.add(earlier(2, first, first, new byte[] {1, 2, 3})),
                "record does not hold the content that refers to it");
    }

    @Test
    void emptyContentHasNoBytes() throws IOException {
        VersionDraft empty = RecordScene.draft(1, 0, new byte[0], new DraftContent.Empty());

        assertThat(read(log.add(empty))).isEmpty();
        requireRefused(
                log.add(empty.toBuilder().contentLength(3).build()), "no content of 3 bytes");
    }

    @Test
    void contentEndsWithinItsRecord() {
        requireRefused(
                log.add(
                        RecordScene.draft(1, 0, WHOLE, new DraftContent.Inline(WHOLE)).toBuilder()
                                .contentLength(1_000)
                                .build()),
                "record ends within its parts");
    }

    @Test
    void contentInPiecesHasSome() {
        requireRefused(
                log.add(
                        RecordScene.draft(
                                1, 0, WHOLE, new DraftContent.Uploaded(List.of(), () -> true))),
                "content in no pieces");
    }

    @Test
    void piecesThatNoVersionRefersToAreReadInOrder() throws IOException {
        long position = chunked();
        long[] chunks = log.reader().readVersion(position).chunkPositions(log.dictionary());

        try (InputStream in =
                UploadedContent.open(
                        List.of(chunks[0], chunks[1]), 3, WrittenLog.KEY, log.reader())) {
            assertThat(in.readAllBytes()).isEqualTo(WHOLE);
        }
    }

    @Test
    void entityOfAVersionIsReadOnlyIfItsContentIsWithinTheRecord() {
        long position =
                log.add(
                        RecordScene.draft(1, 0, WHOLE, new DraftContent.Inline(WHOLE)).toBuilder()
                                .contentLength(1_000)
                                .build());
        Reader reader = log.reader();

        assertThatThrownBy(() -> reader.readVersion(position).toEntity(reader))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("record ends within its parts");
    }
}
