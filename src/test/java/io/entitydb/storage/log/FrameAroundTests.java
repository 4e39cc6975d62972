package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class FrameAroundTests {

    private final WrittenLog log = new WrittenLog();
    private final long first = log.add(WrittenLog.KEY, 1, 0);
    private final long chunk =
            log.appender().appendChunk(WrittenLog.KEY, ByteBuffer.allocate(200_000));
    private final long second = log.add(WrittenLog.KEY, 2, first);

    private @Nullable FrameHeader find(DiskFile file, long position) {
        return new FrameAround(file, new Checksum(LogForgery.IDENTITY), log.end()).find(position);
    }

    private long found(DiskFile file, long position) {
        FrameHeader header = find(file, position);
        return header == null ? 0 : header.position();
    }

    private static long frameOf(long record) {
        return record - FrameLayout.HEADER_BYTES;
    }

    @Test
    void frameIsFoundFromEveryPlaceWithin() {
        DiskFile file = log.file(log.bytes());

        assertThat(found(file, first)).isEqualTo(frameOf(first));
        assertThat(found(file, frameOf(first) + 8)).isEqualTo(frameOf(first));
        assertThat(found(file, frameOf(chunk) - 1)).isEqualTo(frameOf(first));
        assertThat(found(file, chunk + 190_000)).isEqualTo(frameOf(chunk));
        assertThat(found(file, second)).isEqualTo(frameOf(second));
    }

    @Test
    void frameThatEndsBeforeIsAnother() {
        byte[] bytes = log.bytes();
        bytes[log.index(frameOf(second))] ^= 1;

        assertThat(find(log.file(bytes), second)).isNull();
    }

    @Test
    void nothingIsFoundBeforeTheFirstFrame() {
        assertThat(find(log.file(log.bytes()), LogForgery.START)).isNull();
    }

    @Test
    void nothingIsFoundPastWhatTheDeviceCannotRead() {
        DiskFile file = new HoledFile(log.file(log.bytes()), chunk + 8, chunk + 16);

        assertThat(found(file, chunk)).isEqualTo(frameOf(chunk));
        assertThat(find(file, chunk + 100_000)).isNull();
    }
}
