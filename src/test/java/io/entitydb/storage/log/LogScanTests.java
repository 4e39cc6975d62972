package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a scan makes of each kind of damage. */
class LogScanTests {

    private final WrittenLog log = new WrittenLog();
    private final long first = log.add(WrittenLog.KEY, 1, 0);
    private final long second = log.add(WrittenLog.KEY, 2, first);
    private final long third = log.add(WrittenLog.KEY, 3, second);
    private final byte[] bytes = log.bytes();
    private final ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    private static long frameOf(long record) {
        return record - FrameLayout.HEADER_BYTES;
    }

    private List<LogPart> scan(DiskFile file, long from, long limit) {
        LogScan scan = new LogScan(file, new Checksum(LogForgery.IDENTITY), from, limit);
        List<LogPart> parts = new ArrayList<>();
        long at = from;
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            assertThat(part.position()).isEqualTo(at);
            assertThat(scan.position()).isEqualTo(part.end());
            at = part.end();
            parts.add(part);
        }
        assertThat(at).isEqualTo(limit);
        return parts;
    }

    /** The part that begins with the second transaction, after a sound one and before another. */
    private LogPart damaged(DiskFile file) {
        List<LogPart> parts = scan(file, frameOf(first), log.end());
        assertThat(parts).hasSize(3);
        assertThat(parts.getFirst()).isInstanceOf(LogPart.Sound.class);
        assertThat(parts.getLast()).isInstanceOf(LogPart.Sound.class);
        assertThat(parts.get(1).position()).isEqualTo(frameOf(second));
        assertThat(parts.get(1).end()).isEqualTo(frameOf(third));
        return parts.get(1);
    }

    private static List<Long> positions(LogPart part) {
        return part.records().stream().map(RawRecord::position).toList();
    }

    private void flip(long position) {
        bytes[log.index(position)] ^= 1;
    }

    @Test
    void soundFramesFollowEachOther() {
        List<LogPart> parts = scan(log.file(bytes), LogForgery.START, log.end());

        assertThat(parts).hasSize(4).allMatch(LogPart.Sound.class::isInstance);
        assertThat(parts.stream().flatMap(part -> positions(part).stream()))
                .contains(first, second, third);
    }

    @Test
    void frameIsChainedWhoseRecordIsDamaged() {
        flip(second + RecordLayout.BODY);

        LogPart.Wounded part = (LogPart.Wounded) damaged(log.file(bytes));

        assertThat(part.isChained()).isTrue();
        assertThat(part.records()).isEmpty();
        assertThat(part.reason()).isEqualTo("record 0 of frame 3 differs");
        assertThat(part.crc())
                .isEqualTo(fields.getInt(log.index(frameOf(third)) + FrameLayout.PREVIOUS_CRC));
    }

    @Test
    void recordsAreKeptOfAFrameWhoseTrailerIsDamaged() {
        flip(frameOf(third) - 1);

        LogPart.Wounded part = (LogPart.Wounded) damaged(log.file(bytes));

        assertThat(part.isChained()).isFalse();
        assertThat(positions(part)).containsExactly(second);
        assertThat(part.reason()).isEqualTo("trailer differs of frame 3");
    }

    @Test
    void frameIsNotChainedWhoseRecordLengthMakesNoSense() {
        fields.putInt(log.index(second) + RecordLayout.LENGTH, 7);

        LogPart.Wounded part = (LogPart.Wounded) damaged(log.file(bytes));

        assertThat(part.isChained()).isFalse();
        assertThat(part.records()).isEmpty();
    }

    @Test
    void recordsAreKeptOfAFrameWhoseHeaderIsDamaged() {
        flip(frameOf(second) + FrameLayout.SEQUENCE);

        LogPart.Gap part = (LogPart.Gap) damaged(log.file(bytes));

        assertThat(positions(part)).containsExactly(second);
        assertThat(part.isUnreadable()).isFalse();
        assertThat(part.reason()).startsWith("frame header checksum differs");
    }

    @Test
    void bodyThatTheDeviceCannotReadLeavesTheHeader() {
        DiskFile file = new HoledFile(log.file(bytes), frameOf(third) - 1, frameOf(third));

        LogPart.Wounded part = (LogPart.Wounded) damaged(file);

        assertThat(part.isChained()).isFalse();
        assertThat(part.crc()).isZero();
        assertThat(part.records()).isEmpty();
        assertThat(part.header().sequence()).isEqualTo(2);
    }

    @Test
    void headerThatTheDeviceCannotReadIsAGap() {
        DiskFile file = new HoledFile(log.file(bytes), frameOf(second), frameOf(second) + 8);

        LogPart.Gap part = (LogPart.Gap) scan(file, frameOf(second), log.end()).getFirst();

        assertThat(part.isUnreadable()).isTrue();
    }

    @Test
    void gapIsUnreadableInPartAlsoBehindItsBeginning() {
        flip(frameOf(second));
        DiskFile file = new HoledFile(log.file(bytes), second, second + 8);
        long limit = frameOf(third);

        LogPart.Gap damagedFirst = (LogPart.Gap) scan(file, frameOf(second), limit).getFirst();
        LogPart.Gap readable =
                (LogPart.Gap) scan(log.file(bytes), frameOf(second), limit).getFirst();

        assertThat(damagedFirst.isUnreadable()).isTrue();
        assertThat(damagedFirst.reason()).startsWith("no frame marker");
        assertThat(readable.isUnreadable()).isFalse();
    }

    @Test
    void zerosUpToTheEndAreBlank() {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 4_096);
        long limit = log.end() + 4_096;

        List<LogPart> parts = scan(log.file(longer), frameOf(third), limit);

        assertThat(parts).hasSize(2);
        assertThat(parts.getLast()).isEqualTo(new LogPart.Blank(log.end(), limit));
        assertThat(parts.getLast().records()).isEmpty();
    }

    @Test
    void zerosThatEndWithinAWordAreBlank() {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);

        assertThat(scan(log.file(longer), log.end(), log.end() + 3))
                .containsExactly(new LogPart.Blank(log.end(), log.end() + 3));
    }

    @Test
    void anythingElseUpToTheEndIsAGap() {
        for (int at : new int[] {0, 7, 8, 4_095}) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 4_096);
            longer[bytes.length + at] = 1;

            assertThat(scan(log.file(longer), log.end(), log.end() + 4_096))
                    .singleElement()
                    .isInstanceOf(LogPart.Gap.class);
        }
    }

    @Test
    void zerosOfWhichSomeCannotBeReadAreAGap() {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 8_192);
        for (long at : new long[] {log.end(), log.end() + 4_096}) {
            DiskFile file = new HoledFile(log.file(longer), at, at + 8);

            List<LogPart> parts = scan(file, log.end(), log.end() + 8_192);

            assertThat(parts).singleElement().isInstanceOf(LogPart.Gap.class);
            assertThat(((LogPart.Gap) parts.getFirst()).isUnreadable()).isTrue();
        }
    }

    @Test
    void recordsOfAChainedFrameAreTheirOwnBytes() {
        WrittenLog two = new WrittenLog();
        two.add(WrittenLog.KEY, 1, 0);
        long begin = two.end();
        long[] records =
                two.appender()
                        .append(
                                List.of(
                                        WrittenLog.draft(new EntityKey("default", "c"), 1, 0),
                                        WrittenLog.draft(new EntityKey("default", "d"), 1, 0),
                                        WrittenLog.draft(new EntityKey("default", "e"), 1, 0)),
                                new Commitment(2, 2_000));
        byte[] damaged = two.bytes();
        damaged[two.index(records[0]) + RecordLayout.BODY] ^= 1;
        LogScan scan =
                new LogScan(two.file(damaged), new Checksum(LogForgery.IDENTITY), begin, two.end());

        LogPart part = scan.next();

        assertThat(part).isInstanceOf(LogPart.Wounded.class);
        assertThat(positions((LogPart.Wounded) part)).containsExactly(records[1], records[2]);
        assertThat(((LogPart.Wounded) part).records().getFirst().bytes())
                .isEqualTo(two.reader().readRecord(records[1]).bytes());
    }

    @Test
    void frameWithMoreRecordsThanItsHeaderSaysIsNotChained() {
        int at = log.index(frameOf(second));
        fields.putInt(at + FrameLayout.RECORD_COUNT, 2);
        int header =
                new Checksum(LogForgery.IDENTITY)
                        .begin()
                        .add(bytes, at, FrameLayout.HEADER_CRC)
                        .end();
        fields.putInt(at + FrameLayout.HEADER_CRC, header);
        int length = (int) (frameOf(third) - frameOf(second));
        int crc = new Checksum(LogForgery.IDENTITY).ofFrame(fields, at, length);
        fields.putInt(at + length - FrameLayout.TRAILER_BYTES + FrameLayout.TRAILER_CRC, crc);

        LogPart.Wounded part = (LogPart.Wounded) damaged(log.file(bytes));

        assertThat(part.isChained()).isFalse();
        assertThat(positions(part)).containsExactly(second);
        assertThat(part.reason()).isEqualTo("number of records is 1");
    }

    @Test
    void recordsAreFoundRightBehindTheHeaderOfAFrameThatIsNotChained() {
        flip(frameOf(third) - 1);
        DiskFile file =
                new ForwardingFile(log.file(bytes)) {
                    @Override
                    public void read(long position, byte[] target, int offset, int length) {
                        assertThat(position).isGreaterThanOrEqualTo(frameOf(second));
                        super.read(position, target, offset, length);
                    }
                };
        LogScan scan =
                new LogScan(file, new Checksum(LogForgery.IDENTITY), frameOf(second), log.end());

        LogPart.Wounded part = (LogPart.Wounded) Objects.requireNonNull(scan.next());

        assertThat(positions(part)).containsExactly(second);
    }
}
