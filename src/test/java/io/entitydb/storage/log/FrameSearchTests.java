package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Frame headers in bytes of which nothing is known. */
class FrameSearchTests {

    private static final long START = LogForgery.START;

    /** More than what is searched at once. */
    private static final int FAR = 200_000;

    private final WrittenLog log = new WrittenLog(START + FAR);
    private final byte[] bytes;

    FrameSearchTests() {
        log.add(WrittenLog.KEY, 1, 0);
        byte[] frames = log.bytes();
        bytes = new byte[FAR + frames.length];
        System.arraycopy(frames, 0, bytes, FAR, frames.length);
    }

    private static FrameSearch.Found next(DiskFile file, long from, long limit) {
        FrameReader frames = new FrameReader(file, LogForgery.IDENTITY);
        return new FrameSearch(file, frames, from, limit).next(from);
    }

    private DiskFile file() {
        return new WrittenLog().file(bytes);
    }

    private void requireFound(FrameSearch.Found found) {
        assertThat(found.header()).isNotNull();
        assertThat(found.header().position()).isEqualTo(START + FAR);
    }

    @Test
    void headerIsFoundBehindZeros() {
        FrameSearch.Found found = next(file(), START, log.end());

        requireFound(found);
        assertThat(found.isBlank()).isTrue();
        assertThat(found.isUnreadable()).isFalse();
    }

    @Test
    void headerIsFoundWhereTheSearchBegins() {
        requireFound(next(file(), START + FAR, log.end()));
    }

    @Test
    void headerIsFoundBehindAnythingElse() {
        Arrays.fill(bytes, 70_000, FAR, (byte) 7);

        FrameSearch.Found found = next(file(), START, log.end());

        requireFound(found);
        assertThat(found.isBlank()).isFalse();
    }

    @Test
    void markerAloneIsNoHeader() {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < FAR; at += 4_096) {
            fields.putInt(at, FrameLayout.MARKER_VALUE);
        }

        FrameSearch.Found found = next(file(), START, log.end());

        requireFound(found);
        assertThat(found.isBlank()).isFalse();
    }

    @Test
    void headerOffTheAlignmentIsNone() {
        FrameSearch.Found found = next(file(), START + 4, log.end());

        assertThat(found.header()).isNull();
    }

    @Test
    void nothingIsFoundWhereTheLimitCutsTheFrame() {
        FrameSearch.Found found = next(file(), START, log.end() - 8);

        assertThat(found.header()).isNotNull();
        assertThat(next(file(), START, START + FAR).header()).isNull();
        assertThat(next(file(), START, START + FAR).isBlank()).isTrue();
        assertThat(next(file(), START + FAR, START + FAR).header()).isNull();
    }

    @Test
    void searchGoesOnPastWhatTheDeviceCannotRead() {
        DiskFile file = new HoledFile(file(), START + 5_000, START + 80_000);

        FrameSearch.Found found = next(file, START, log.end());

        requireFound(found);
        assertThat(found.isUnreadable()).isTrue();
        assertThat(found.isBlank()).isTrue();
    }

    @Test
    void whatTheDeviceCanReadBeforeAHoleIsSearched() {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(4_088, 7);
        DiskFile file = new HoledFile(file(), START + 4_096, START + 8_192);

        assertThat(next(file, START, START + 8_192).isBlank()).isFalse();
    }
}
