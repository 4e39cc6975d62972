package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

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

    @Test
    void frameThatIsBrokenOnceIsReadOnceMore() {
        byte[] damaged = bytes.clone();
        damaged[FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES] ^= 1;
        int[] reads = {0};
        DiskFile file =
                new ForwardingFile(log.file(bytes)) {
                    @Override
                    public void read(long position, byte[] target, int offset, int count) {
                        reads[0]++;
                        (reads[0] <= 2 ? log.file(damaged) : log.file(bytes))
                                .read(position, target, offset, count);
                    }
                };

        FrameReader reader = new FrameReader(file, LogForgery.IDENTITY);

        assertThat(reader.readSettled(LogForgery.START, log.end()))
                .isInstanceOf(FrameRead.Intact.class);
        assertThat(reads[0]).isEqualTo(4);
        assertThat(reader.readSettled(LogForgery.START, log.end()))
                .isInstanceOf(FrameRead.Intact.class);
        assertThat(reads[0]).isEqualTo(6);
    }

    private void setLength(int length) {
        int at = FrameLayout.HEADER_BYTES;
        fields.putInt(at + RecordLayout.LENGTH, length);
        new LogForgery(bytes).repairRecord(at);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, RecordLayout.PREFIX_BYTES - 8, RecordLayout.PREFIX_BYTES + 4, -8})
    void lengthThatNoRecordHasIsNone(int recordLength) {
        setLength(recordLength);

        assertThat(reason()).isEqualTo("record length " + recordLength);
        assertThat(FrameReader.recordStarts(fields, trailer)).isEmpty();
    }

    @Test
    void recordEndsWithinItsFrame() {
        int room = trailer - FrameLayout.HEADER_BYTES;
        setLength(room + 8);
        assertThat(reason()).isEqualTo("record length " + (room + 8));

        setLength(room);
        assertThat(FrameReader.recordStarts(fields, trailer))
                .containsExactly(FrameLayout.HEADER_BYTES);
    }

    @Test
    void restThatIsTooShortForARecordIsNone() {
        WrittenLog twoRecords = new WrittenLog();
        twoRecords.dictionary().learn("x".repeat(RecordLayout.PREFIX_BYTES + 40));
        twoRecords.appender().appendDictionary();
        byte[] longer = twoRecords.bytes();
        ByteBuffer longerFields = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
        int end = longer.length - FrameLayout.TRAILER_BYTES;
        int room = end - FrameLayout.HEADER_BYTES;
        int rest = RecordLayout.PREFIX_BYTES - 8;
        longerFields.putInt(FrameLayout.HEADER_BYTES + RecordLayout.LENGTH, room - rest);
        new LogForgery(longer).repairRecord(FrameLayout.HEADER_BYTES);

        FrameRead read =
                new FrameReader(twoRecords.file(longer), LogForgery.IDENTITY)
                        .read(LogForgery.START, twoRecords.end());

        assertThat(((FrameRead.Broken) read).reason())
                .isEqualTo("record passes the frame's end at " + (end - rest));
        assertThat(FrameReader.recordStarts(longerFields, end)).isEmpty();
    }

    @Test
    void recordThatIsAllPrefixIsOne() {
        WrittenLog twoRecords = new WrittenLog();
        twoRecords.dictionary().learn("x".repeat(RecordLayout.PREFIX_BYTES + 40));
        twoRecords.appender().appendDictionary();
        byte[] longer = twoRecords.bytes();
        ByteBuffer longerFields = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
        int end = longer.length - FrameLayout.TRAILER_BYTES;
        int second = end - RecordLayout.PREFIX_BYTES;
        longerFields.putInt(FrameLayout.HEADER_BYTES, second - FrameLayout.HEADER_BYTES);
        longerFields.putInt(second, RecordLayout.PREFIX_BYTES);
        new LogForgery(longer).repairRecord(FrameLayout.HEADER_BYTES);
        new LogForgery(longer).repairRecord(second);

        FrameRead read =
                new FrameReader(twoRecords.file(longer), LogForgery.IDENTITY)
                        .read(LogForgery.START, twoRecords.end());

        assertThat(FrameReader.recordStarts(longerFields, end))
                .containsExactly(FrameLayout.HEADER_BYTES, second);
        assertThat(((FrameRead.Broken) read).reason()).isEqualTo("number of records is 2");
    }

    @Test
    void secondRecordThatIsDamagedIsToldByItsPlace() {
        WrittenLog versions = new WrittenLog();
        versions.appender()
                .append(
                        List.of(
                                WrittenLog.draft(WrittenLog.KEY, 1, 0),
                                WrittenLog.draft(WrittenLog.OTHER, 1, 0)),
                        new Commitment(1, 1_000));
        byte[] all = versions.bytes();
        int words = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt(FrameLayout.LENGTH);
        all[all.length - FrameLayout.TRAILER_BYTES - 1] ^= 1;

        FrameRead read =
                new FrameReader(versions.file(all), LogForgery.IDENTITY)
                        .read(LogForgery.START + words, versions.end());

        assertThat(((FrameRead.Broken) read).reason()).isEqualTo("record 1 of frame 2 differs");
    }
}
