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
}
