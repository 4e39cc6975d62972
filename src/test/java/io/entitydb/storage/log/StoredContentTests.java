package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.NotFoundException;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.List;

/** Contents that stand in the file already: a later version refers to them. */
class StoredContentTests {

    private static final byte[] TEXT = {1, 2, 3};

    private final WrittenLog log = new WrittenLog();
    private final long first =
            log.add(RecordScene.draft(1, 0, TEXT, new DraftContent.Chunks(List.of(TEXT))));
    private final long second =
            log.add(RecordScene.draft(2, first, TEXT, new DraftContent.Earlier(first)));
    private final long empty =
            log.add(RecordScene.draft(3, second, new byte[0], new DraftContent.Empty()));

    private static Content contentOf(long position, Reader reader) {
        return reader.readVersion(position).toEntity(reader).content();
    }

    private static void requireNoReference(Content content, Reader reader) {
        assertThat(StoredContent.reference(content, WrittenLog.KEY, reader)).isNull();
    }

    /** The log with a record overwritten by its erased form. */
    private byte[] erased(long position) {
        byte[] bytes = log.bytes();
        RawRecord record = log.reader().readRecord(position);
        byte[] erased = ErasedForm.of(record, new Checksum(LogForgery.IDENTITY));
        System.arraycopy(erased, 0, bytes, log.index(position), erased.length);
        return bytes;
    }

    @Test
    void contentIsReferredToWhereItsBytesStand() {
        Reader reader = log.reader();

        for (long version : new long[] {first, second}) {
            assertThat(StoredContent.reference(contentOf(version, reader), WrittenLog.KEY, reader))
                    .isEqualTo(new DraftContent.Earlier(first));
        }
    }

    @Test
    void contentOfAnotherSourceFileOrEntityIsNotReferredTo() {
        Reader reader = log.reader();

        requireNoReference(Content.of("text/plain", TEXT), reader);
        requireNoReference(contentOf(first, log.reader()), reader);
        assertThat(StoredContent.reference(contentOf(first, reader), WrittenLog.OTHER, reader))
                .isNull();
    }

    @Test
    void contentWithoutBytesIsNotReferredTo() {
        Reader reader = log.reader();

        requireNoReference(contentOf(empty, reader), reader);
    }

    @Test
    void contentThatSaysOtherwiseThanItsSourceIsNotReferredTo() {
        Reader reader = log.reader();
        Content content = contentOf(first, reader);

        requireNoReference(
                new Content(content.mediaType(), 2, content.digest(), content.source()), reader);
        requireNoReference(
                new Content(
                        content.mediaType(),
                        content.length(),
                        Digest.sha256(new byte[] {9}),
                        content.source()),
                reader);
    }

    @Test
    void contentThatWasErasedMeanwhileIsToldAsGone() {
        byte[] bytes = log.bytes();
        Reader reader = log.reader(log.file(bytes));
        Content content = contentOf(second, reader);
        byte[] erased = erased(first);
        System.arraycopy(erased, 0, bytes, 0, bytes.length);

        assertThatThrownBy(() -> StoredContent.reference(content, WrittenLog.KEY, reader))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void pieceThatWasErasedMeanwhileIsToldAsGone() throws Exception {
        long chunk = log.reader().readVersion(first).chunkPositions(log.dictionary())[0];
        Reader reader = log.reader(log.file(erased(chunk)));

        try (InputStream in = contentOf(first, reader).source().open()) {
            assertThatThrownBy(in::read).isInstanceOf(NotFoundException.class);
        }
    }
}
