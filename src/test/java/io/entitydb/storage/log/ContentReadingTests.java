package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
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
}
