package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searches backward over logs of any length; what lies between their frames is made up. */
class EarlierVersionTests {

    private static final long START = LogForgery.START;
    private static final int MIB = 1 << 20;
    private static final long LONGEST_WINDOW = 2L * FrameLayout.MAX_BYTES;
    private static final String MAYBE = "earlier versions may be damaged as well";

    private static long frameOf(long record) {
        return record - FrameLayout.HEADER_BYTES;
    }

    /** The bytes of one log, filled up to where another one begins, and those of that one. */
    private static DiskFile file(WrittenLog head, byte fill, WrittenLog tail, long start) {
        BytesFile first = head.file(head.bytes());
        return new ForwardingFile(tail.file(tail.bytes())) {
            @Override
            public void read(long position, byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, fill);
                int before = Math.clamp(head.end() - position, 0, length);
                first.read(position, target, offset, before);
                int behind = Math.clamp(position + length - start, 0, length);
                if (behind > 0) {
                    int from = length - behind;
                    super.read(position + from, target, offset + from, behind);
                }
            }
        };
    }

    private static Predecessor before(WrittenLog log, DiskFile file, long number, long record) {
        return new EarlierVersion(log.reader(file), WrittenLog.KEY, number)
                .before(record, frameOf(record));
    }

    private static Predecessor before(WrittenLog log, byte[] bytes, long number, long record) {
        return before(log, log.file(bytes), number, record);
    }

    @Test
    void lastVersionBeforeIsFoundAmongThoseOfOthers() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        long second = log.add(WrittenLog.KEY, 2, first);
        log.add(WrittenLog.OTHER, 1, 0);
        long third = log.add(WrittenLog.KEY, 3, second);

        assertThat(before(log, log.bytes(), 3, third))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(before(log, log.bytes(), 0, third))
                .isEqualTo(new Predecessor.Found(second, true));
        assertThat(before(log, log.bytes(), 2, third))
                .isEqualTo(new Predecessor.Found(first, true));
        assertThat(before(log, log.bytes(), 1, third)).isEqualTo(new Predecessor.None());
    }

    @Test
    void versionThatOnlyTheRecordTellsMayNotBeTheLast() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        long second = log.add(WrittenLog.KEY, 2, first);
        EarlierVersion search = new EarlierVersion(log.reader(), WrittenLog.KEY, 0);

        assertThat(search.before(second, second)).isEqualTo(new Predecessor.Found(first, false));
    }

    /** A frame that is damaged in its trailer and holds all its records. */
    private static byte[] withTrailerOfAnotherNumber(WrittenLog log, long frame, long end) {
        byte[] bytes = log.bytes();
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = log.index(end) - FrameLayout.TRAILER_BYTES;
        fields.putLong(trailer + FrameLayout.TRAILER_FRAME_NUMBER, 77);
        int crc =
                new Checksum(LogForgery.IDENTITY)
                        .ofFrame(fields, log.index(frame), (int) (end - frame));
        fields.putInt(trailer + FrameLayout.TRAILER_CRC, crc);
        return bytes;
    }

    @Test
    void damagedFrameWhoseRecordsAllVerifyHidesNothing() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        long other = log.add(WrittenLog.OTHER, 1, 0);
        long end = log.end();
        long second = log.add(WrittenLog.KEY, 2, first);
        byte[] bytes = withTrailerOfAnotherNumber(log, frameOf(other), end);

        assertThat(before(log, bytes, 0, second)).isEqualTo(new Predecessor.Found(first, true));
    }

    @Test
    void damagedFrameMayHideWhatItsRecordsDoNotTell() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        long other = log.add(WrittenLog.OTHER, 1, 0);
        long end = log.end();
        long second = log.add(WrittenLog.KEY, 2, first);
        byte[] bytes = withTrailerOfAnotherNumber(log, frameOf(other), end);
        int record = log.index(other);
        bytes[record + RecordLayout.BODY] = 100;
        new LogForgery(bytes).repairRecord(record);
        byte[] damaged = withTrailerOfAnotherNumber(log, frameOf(other), end);
        damaged[record + RecordLayout.BODY] ^= 1;

        assertThat(before(log, bytes, 0, second)).isEqualTo(new Predecessor.Found(first, false));
        assertThat(before(log, damaged, 0, second)).isEqualTo(new Predecessor.Found(first, false));
    }

    @Test
    void gapMayHideOneUnlessTheVersionIsFoundBehindIt() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        long other = log.add(WrittenLog.OTHER, 1, 0);
        long second = log.add(WrittenLog.KEY, 2, first);
        long third = log.add(WrittenLog.KEY, 3, second);
        byte[] bytes = log.bytes();
        bytes[log.index(frameOf(other))] ^= 1;
        bytes[log.index(other) + RecordLayout.BODY] ^= 1;

        assertThat(before(log, bytes, 0, second)).isEqualTo(new Predecessor.Found(first, false));
        assertThat(before(log, bytes, 2, second)).isEqualTo(new Predecessor.Found(first, true));
        assertThat(before(log, bytes, 0, third)).isEqualTo(new Predecessor.Found(second, true));
        assertThat(before(log, bytes, 1, second)).isEqualTo(new Predecessor.Unknown(MAYBE));
    }

    @Test
    void windowThatBeginsWithinAFrameLeavesThatToTheNextOne() {
        WrittenLog log = new WrittenLog();
        log.add(WrittenLog.KEY, 1, 0);
        long before = log.add(WrittenLog.KEY, 2, START);
        for (int i = 0; i < 7; i++) {
            log.appender().appendChunk(WrittenLog.OTHER, ByteBuffer.allocate(MIB - 1_000));
        }
        long third = log.add(WrittenLog.KEY, 3, before);
        assertThat(third - START).isGreaterThan(6L * MIB);

        assertThat(before(log, log.bytes(), 0, third))
                .isEqualTo(new Predecessor.Found(before, true));
        assertThat(before(log, log.bytes(), 1, third)).isEqualTo(new Predecessor.None());
    }

    @Test
    void frameLongerThanAWindowIsSeenAsAWhole() {
        WrittenLog log = new WrittenLog();
        long first = log.add(WrittenLog.KEY, 1, 0);
        List<VersionDraft> drafts = new ArrayList<>();
        byte[] text = new byte[RecordLayout.MAX_INLINE_BYTES];
        for (int i = 0; i < 7 * MIB / text.length; i++) {
            drafts.add(
                    WrittenLog.draft(new EntityKey("default", "other" + i), 1, 0).toBuilder()
                            .content(new DraftContent.Inline(text))
                            .contentLength(text.length)
                            .build());
        }
        log.appender().append(drafts, new Commitment(log.sequence() + 1, 5_000));
        long end = log.end();
        WrittenLog tail = new WrittenLog(end);
        long second = tail.add(WrittenLog.KEY, 2, first);

        DiskFile file = file(log, (byte) 0, tail, end);

        assertThat(end - first).isGreaterThan(6L * MIB);
        assertThat(before(log, file, 0, second)).isEqualTo(new Predecessor.Found(first, true));
    }

    @Test
    void stretchLongerThanAnyFrameIsPassed() {
        WrittenLog head = new WrittenLog();
        long first = head.add(WrittenLog.KEY, 1, 0);
        WrittenLog tail = new WrittenLog(START + LONGEST_WINDOW + 16L * MIB);
        long second = tail.add(WrittenLog.KEY, 2, first);
        DiskFile file = file(head, (byte) 1, tail, startOf(tail));

        assertThat(before(tail, file, 0, second)).isEqualTo(new Predecessor.Found(first, false));
    }

    @Test
    void searchEndsAtItsBound() {
        WrittenLog head = new WrittenLog();
        long first = head.add(WrittenLog.KEY, 1, 0);
        WrittenLog near = new WrittenLog(START + 5L * MIB);
        WrittenLog far = new WrittenLog(START + 7L * MIB);

        long within = near.add(WrittenLog.KEY, 2, first);
        long beyond = far.add(WrittenLog.KEY, 2, first);

        assertThat(boundedBefore(near, file(head, (byte) 0, near, startOf(near)), 6L * MIB, within))
                .isEqualTo(new Predecessor.Found(first, true));
        assertThat(boundedBefore(far, file(head, (byte) 0, far, startOf(far)), 6L * MIB, beyond))
                .isEqualTo(
                        new Predecessor.Unknown(
                                "earlier versions lie more than 6291456 bytes before"));
    }

    private static Predecessor boundedBefore(
            WrittenLog log, DiskFile file, long maxBytes, long record) {
        return new EarlierVersion(log.reader(file), WrittenLog.KEY, 2, maxBytes)
                .before(record, frameOf(record));
    }

    private static long startOf(WrittenLog log) {
        return log.end() - log.bytes().length;
    }
}
