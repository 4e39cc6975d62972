package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentSource;
import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidEntityException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

class ContentPiecesTests {

    private static final byte[] TEXT = {1, 2, 3, 4};

    private static final ContentSource FAILING =
            () ->
                    new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("gone");
                        }

                        @Override
                        public int read(byte[] target, int offset, int length) throws IOException {
                            throw new IOException("gone");
                        }
                    };

    @Test
    void contentOfManyBytesIsCutIntoPieces() {
        DraftContent content =
                ContentPieces.of(content(new byte[RecordLayout.MAX_CHUNK_BYTES + 1]));

        assertThat(content).isInstanceOf(DraftContent.Chunks.class);
        assertThat(((DraftContent.Chunks) content).pieces())
                .extracting(piece -> piece.length)
                .containsExactly(RecordLayout.MAX_CHUNK_BYTES, 1);
    }

    @Test
    void bytesOfWhichTheDigestWasTakenAreTakenAsTheyAre() {
        Content held = Content.of("text/plain", TEXT);

        assertThat(ContentPieces.of(held))
                .isInstanceOfSatisfying(
                        DraftContent.Inline.class,
                        inline -> assertThat(inline.bytes()).isSameAs(TEXT));
    }

    @Test
    void manyHeldBytesAreCutWhereReadOnesAre() {
        byte[] bytes = new byte[2 * RecordLayout.MAX_CHUNK_BYTES + 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i * 31) >>> 3);
        }
        Content held = Content.of("text/plain", bytes);
        Content read =
                new Content(
                        held.mediaType(),
                        held.length(),
                        held.digest(),
                        () -> new ByteArrayInputStream(bytes));

        assertThat(((DraftContent.Chunks) ContentPieces.of(held)).pieces())
                .containsExactlyElementsOf(((DraftContent.Chunks) ContentPieces.of(read)).pieces());
    }

    @Test
    void heldBytesUnderAnotherDigestOrLengthAreCompared() {
        Content held = Content.of("text/plain", TEXT);
        Content other = Content.of("text/plain", new byte[] {1, 2, 3, 5});

        assertThatThrownBy(
                        () ->
                                ContentPieces.of(
                                        new Content(
                                                "text/plain", 4, other.digest(), held.source())))
                .isInstanceOf(InvalidEntityException.class);
        assertThatThrownBy(
                        () ->
                                ContentPieces.of(
                                        new Content("text/plain", 3, held.digest(), held.source())))
                .isInstanceOf(InvalidEntityException.class);
    }

    @Test
    void longestContentWithinARecordIsOnePiece() {
        assertThat(ContentPieces.of(content(new byte[RecordLayout.MAX_INLINE_BYTES])))
                .isInstanceOf(DraftContent.Inline.class);
        assertThat(ContentPieces.of(content(new byte[RecordLayout.MAX_INLINE_BYTES + 1])))
                .isInstanceOf(DraftContent.Chunks.class);
        assertThat(ContentPieces.of(content(new byte[0]))).isInstanceOf(DraftContent.Empty.class);
    }

    @Test
    void contentThatIsTooLongIsRefusedUnread() {
        Content claimed =
                new Content("text/plain", ContentPieces.MAX_BYTES + 1, Digest.ZERO, FAILING);

        assertThatThrownBy(() -> ContentPieces.of(claimed))
                .isInstanceOf(InvalidEntityException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void contentOfAnotherLengthOrDigestIsRefused() {
        Digest digest = Digest.sha256(TEXT);
        ContentSource source = () -> new ByteArrayInputStream(TEXT);

        for (long length : new long[] {TEXT.length - 1, TEXT.length + 1}) {
            assertThatThrownBy(() -> ContentPieces.of(new Content("a/b", length, digest, source)))
                    .isInstanceOf(InvalidEntityException.class);
        }
        assertThatThrownBy(
                        () ->
                                ContentPieces.of(
                                        new Content("a/b", TEXT.length, Digest.ZERO, source)))
                .isInstanceOf(InvalidEntityException.class);
    }

    @Test
    void sourceThatFailsIsToldFromAMismatch() {
        Content failing = new Content("a/b", 1, Digest.ZERO, FAILING);

        assertThatThrownBy(() -> ContentPieces.of(failing))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static Content content(byte[] bytes) {
        return Content.of("text/plain", bytes);
    }
}
