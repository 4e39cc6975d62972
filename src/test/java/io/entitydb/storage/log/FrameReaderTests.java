package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

class FrameReaderTests {

    private final WrittenLog log = new WrittenLog();
    private final byte[] bytes;
    private final ByteBuffer fields;
    private final int length;
    private final int trailer;

    FrameReaderTests() {
        log.appender().appendDictionary();
        bytes = log.bytes();
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        length = bytes.length;
        trailer = length - FrameLayout.TRAILER_BYTES;
    }

    private FrameRead read(DiskFile file, long limit) {
        return new FrameReader(file, LogForgery.IDENTITY).read(LogForgery.START, limit);
    }

    private String reason() {
        FrameRead read = read(log.file(bytes), log.end());
        assertThat(read).isInstanceOf(FrameRead.Broken.class);
        assertThat(((FrameRead.Broken) read).isUnreadable()).isFalse();
        return ((FrameRead.Broken) read).reason();
    }

    private void seal() {
        int crc = new Checksum(LogForgery.IDENTITY).ofFrame(fields, 0, length);
        fields.putInt(trailer + FrameLayout.TRAILER_CRC, crc);
    }

    @Test
    void wholeFrameIsRead() {
        FrameRead read = read(log.file(bytes), log.end());

        assertThat(read).isInstanceOf(FrameRead.Intact.class);
        Frame frame = ((FrameRead.Intact) read).frame();
        assertThat(frame.header().end()).isEqualTo(log.end());
        assertThat(frame.records()).hasSize(1);
        assertThat(frame.crc()).isEqualTo(log.appender().chain().crc());
    }

    @Test
    void frameThatPassesTheLimitIsNone() {
        FrameRead read = read(log.file(bytes), log.end() - FrameLayout.ALIGNMENT);

        assertThat(((FrameRead.Broken) read).reason())
                .isEqualTo("frame length " + length + " passes the end");
    }

    @Test
    void headerThatPassesTheLimitIsNone() {
        long limit = LogForgery.START + FrameLayout.HEADER_BYTES;

        assertThat(((FrameRead.Broken) read(log.file(bytes), limit - 1)).reason())
                .isEqualTo("the file ends");
        assertThat(((FrameRead.Broken) read(log.file(bytes), limit)).reason())
                .endsWith("passes the end");
    }

    @Test
    void trailerNamesTheFrameOnceMore() {
        fields.putLong(trailer + FrameLayout.TRAILER_FRAME_NUMBER, 2);
        seal();

        assertThat(reason()).isEqualTo("trailer differs of frame 1");
    }

    @Test
    void trailerNamesTheLengthOnceMore() {
        fields.putInt(trailer + FrameLayout.TRAILER_LENGTH, length + 8);
        seal();

        assertThat(reason()).isEqualTo("trailer differs of frame 1");
    }

    @Test
    void checksumOfTheTrailerHolds() {
        fields.putInt(trailer + FrameLayout.TRAILER_CRC, 7);

        assertThat(reason()).isEqualTo("trailer differs of frame 1");
    }

    @Test
    void checksumsOfRecordsHold() {
        bytes[FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES] ^= 1;

        assertThat(reason()).isEqualTo("record 0 of frame 1 differs");
    }

    @Test
    void whatTheDeviceCannotReadIsToldFromDamage() {
        DiskFile file = new HoledFile(log.file(bytes), log.end() - 1, log.end());

        FrameRead read = read(file, log.end());

        assertThat(((FrameRead.Broken) read).isUnreadable()).isTrue();
        assertThat(new FrameReader(file, LogForgery.IDENTITY).peek(LogForgery.START, log.end()))
                .isNotNull();
    }
}
