package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.NotFoundException;
import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Contents in pieces are read from any byte on, and what is passed over is not read. */
class ChunkStreamTests {

    private static final byte[] TEXT = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int[] BORDERS = {0, 3, 8, 9};

    private final WrittenLog log = new WrittenLog();
    private final long version =
            log.add(
                    RecordScene.draft(
                            1,
                            0,
                            TEXT,
                            new DraftContent.Chunks(List.of(piece(0), piece(1), piece(2)))));
    private final long[] chunks =
            log.reader().readVersion(version).chunkPositions(log.dictionary());

    private static byte[] piece(int index) {
        return Arrays.copyOfRange(TEXT, BORDERS[index], BORDERS[index + 1]);
    }

    private InputStream open(byte[] file) {
        Reader reader = log.reader(log.file(file));
        return reader.readVersion(version).toEntity(reader).content().source().open();
    }

    /** Index in the file of the bytes of a chunk: behind its prefix, its length and its names. */
    private int indexOfLength(int chunk) {
        return log.index(chunks[chunk]) + RecordLayout.PREFIX_BYTES;
    }

    @Test
    void skippingLeadsToTheSameBytesAsReading() throws IOException {
        for (int read = 0; read <= TEXT.length; read++) {
            for (int skipped = 0; skipped <= TEXT.length - read; skipped++) {
                try (InputStream in = open(log.bytes())) {
                    assertThat(in.readNBytes(read)).isEqualTo(Arrays.copyOf(TEXT, read));
                    assertThat(in.skip(skipped)).isEqualTo(skipped);
                    assertThat(in.readAllBytes())
                            .isEqualTo(Arrays.copyOfRange(TEXT, read + skipped, TEXT.length));
                }
            }
        }
    }

    @Test
    void nothingIsBehindTheEnd() throws IOException {
        try (InputStream in = open(log.bytes())) {
            assertThat(in.skip(-1)).isZero();
            assertThat(in.read(new byte[1], 0, 0)).isZero();
            assertThat(in.skip(100)).isEqualTo(TEXT.length);
            assertThat(in.skip(1)).isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void damageInWhatIsPassedOverDoesNotMatter() throws IOException {
        byte[] bytes = log.bytes();
        bytes[log.index(chunks[1]) - FrameLayout.TRAILER_BYTES - FrameLayout.HEADER_BYTES - 8] ^= 1;

        try (InputStream in = open(bytes)) {
            assertThatThrownBy(in::read).isInstanceOf(CorruptDataException.class);
        }
        try (InputStream in = open(bytes)) {
            assertThat(in.skip(4)).isEqualTo(4);
            assertThat(in.readAllBytes()).isEqualTo(new byte[] {5, 6, 7, 8, 9});
        }
    }

    @Test
    void aLengthThatIsWrongIsNotBelieved() throws IOException {
        for (int value : new int[] {2, 4, -3}) {
            byte[] bytes = log.bytes();
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[indexOfLength(0) + i] = (byte) (value >> (8 * i));
            }
            try (InputStream in = open(bytes)) {
                assertThatThrownBy(() -> in.skip(5)).isInstanceOf(CorruptDataException.class);
            }
        }
    }

    @Test
    void whatWasErasedIsToldAsGone() throws IOException {
        byte[] bytes = log.bytes();
        Arrays.fill(bytes, indexOfLength(1), indexOfLength(1) + Integer.BYTES, (byte) 0);

        try (InputStream in = open(bytes)) {
            assertThatThrownBy(() -> in.skip(5)).isInstanceOf(NotFoundException.class);
        }
    }

    private ChunkStream over(long length, long... positions) {
        return new ChunkStream(positions, length, version, RecordScene.KEY, log.reader());
    }

    @Test
    void piecesAreTheLengthOfTheContentToTheByte() throws IOException {
        try (InputStream whole = over(9, chunks)) {
            assertThat(whole.readAllBytes()).isEqualTo(TEXT);
        }
        for (int length : new int[] {8, 10, 2}) {
            try (InputStream in = over(length, chunks)) {
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining("pieces are not the length of the content");
            }
        }
    }

    @Test
    void positionsOfPiecesGrow() throws IOException {
        try (InputStream in = over(8, chunks[1], chunks[0])) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("piece at " + chunks[0] + " follows one at " + chunks[1]);
        }
        try (InputStream in = over(6, chunks[0], chunks[0])) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("piece at " + chunks[0] + " follows one at " + chunks[0]);
        }
    }

    @Test
    void lastPieceMayMakeTheContentLongerThanAllBeforeByNothing() throws IOException {
        try (InputStream in = over(3, chunks[0], chunks[1])) {
            assertThat(in.readNBytes(3)).isEqualTo(piece(0));
            assertThatThrownBy(in::read).isInstanceOf(CorruptDataException.class);
        }
    }

    /** The log with a bit turned in the bytes of a piece. */
    private byte[] damaged(int chunk) {
        byte[] bytes = log.bytes();
        bytes[
                        log.index(chunks[chunk])
                                + log.reader().readRecord(chunks[chunk]).bytes().length
                                - 8] ^=
                1;
        return bytes;
    }

    @Test
    void pieceThatIsPassedOverAsAWholeIsNotRead() throws IOException {
        try (InputStream in = open(damaged(0))) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.readAllBytes()).isEqualTo(new byte[] {4, 5, 6, 7, 8, 9});
        }
    }

    @Test
    void pieceBehindWhatIsPassedOverIsReadWhenItsBytesAreAskedFor() throws IOException {
        try (InputStream in = open(damaged(1))) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThatThrownBy(in::read).isInstanceOf(CorruptDataException.class);
        }
        try (InputStream in = open(damaged(1))) {
            assertThat(in.readNBytes(2)).hasSize(2);
            assertThat(in.skip(1)).isEqualTo(1);
            assertThatThrownBy(in::read).isInstanceOf(CorruptDataException.class);
        }
    }
}
