package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is left of a transaction of three versions, some of whose bytes are damaged. */
class FrameRemainsTests {

    private static final Commitment SECOND = new Commitment(2, 9_000);

    private final WrittenLog log = new WrittenLog();
    private final List<Digest> digests = new ArrayList<>();
    private byte[] bytes = {};
    private long[] records = {};
    private long frame;
    private Digest before = Digest.ZERO;

    @BeforeEach
    void transactionOfThree() {
        log.add(WrittenLog.KEY, 1, 0);
        before = log.appender().chain().digest();
        frame = log.end();
        List<VersionDraft> drafts = new ArrayList<>();
        for (String id : List.of("b", "c", "d")) {
            Digest digest = Digest.sha256(id.getBytes(StandardCharsets.UTF_8));
            digests.add(digest);
            drafts.add(
                    WrittenLog.draft(new EntityKey("default", id), 1, 0).toBuilder()
                            .digest(digest)
                            .build());
        }
        records = log.appender().append(drafts, SECOND);
        bytes = log.bytes();
    }

    private LogPart.Wounded part(DiskFile file) {
        LogScan scan = new LogScan(file, new Checksum(LogForgery.IDENTITY), frame, log.end());
        return (LogPart.Wounded) Objects.requireNonNull(scan.next());
    }

    private FrameRemains remains() {
        DiskFile file = log.file(bytes);
        return FrameRemains.of(file, part(file));
    }

    private void flip(long position) {
        bytes[log.index(position)] ^= 1;
    }

    private List<Boolean> whole(FrameRemains remains) {
        return remains.slots().stream().map(slot -> slot.record() != null).toList();
    }

    private List<Long> places(FrameRemains remains) {
        return remains.slots().stream()
                .map(FrameRemains.Slot::record)
                .filter(Objects::nonNull)
                .map(RawRecord::position)
                .toList();
    }

    private List<Digest> digests(FrameRemains remains) {
        return remains.slots().stream().map(FrameRemains.Slot::digest).toList();
    }

    @Test
    void recordThatIsDamagedLeavesItsDigest() {
        flip(records[1] + RecordLayout.BODY);

        FrameRemains remains = remains();

        assertThat(remains.isChained()).isTrue();
        assertThat(remains.isWhole()).isFalse();
        assertThat(whole(remains)).containsExactly(true, false, true);
        assertThat(digests(remains)).isEqualTo(digests);
        assertThat(places(remains)).containsExactly(records[0], records[2]);
        assertThat(remains.header().position()).isEqualTo(frame);
    }

    @Test
    void digestsThatLeadFromOneTransactionToTheOtherAreAsTheyWereWritten() {
        flip(records[1] + RecordLayout.BODY);

        assertThat(remains().continues(before)).isTrue();
        assertThat(remains().continues(Digest.ZERO)).isFalse();
        flip(records[1] + RecordLayout.DIGEST);
        assertThat(remains().continues(before)).isFalse();
    }

    @Test
    void transactionOfWhichOnlyTheTrailerIsDamagedIsWhole() {
        flip(log.end() - 1);

        FrameRemains remains = remains();

        assertThat(remains.isChained()).isFalse();
        assertThat(remains.isWhole()).isTrue();
        assertThat(remains.continues(before)).isTrue();
        assertThat(digests(remains)).isEqualTo(digests);
    }

    private void loseLength(int record) {
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(log.index(records[record]) + RecordLayout.LENGTH, 12);
    }

    @Test
    void placesOfRecordsAreToldByTheirNeighbours() {
        for (int lost = 0; lost < 3; lost++) {
            bytes = log.bytes();
            loseLength(lost);

            FrameRemains remains = remains();

            assertThat(digests(remains)).as("record %d", lost).isEqualTo(digests);
            assertThat(remains.slots().get(lost).record()).isNull();
            assertThat(whole(remains)).containsOnlyOnce(false);
            assertThat(remains.isChained()).isFalse();
            assertThat(remains.continues(before)).isTrue();
        }
    }

    @Test
    void whereTwoPlacesCannotBeToldNothingIs() {
        loseLength(0);
        flip(records[1] + RecordLayout.BODY);

        FrameRemains remains = remains();

        assertThat(remains.slots()).isEmpty();
        assertThat(remains.isWhole()).isFalse();
        assertThat(remains.continues(before)).isFalse();
        assertThat(remains.isChained()).isFalse();
    }

    @Test
    void nothingIsLeftOfWhatTheDeviceCannotRead() {
        flip(records[1] + RecordLayout.BODY);
        DiskFile file = log.file(bytes);
        LogPart.Wounded part = part(file);

        FrameRemains remains =
                FrameRemains.of(new HoledFile(file, records[0], records[0] + 8), part);

        assertThat(remains.slots()).isEmpty();
        assertThat(remains.isChained()).isFalse();
        assertThat(remains.header()).isEqualTo(part.header());
    }

    @Test
    void digestOfATransactionFollowsFromItsRecords() {
        List<RawRecord> whole = new ArrayList<>();
        for (long record : records) {
            whole.add(log.reader().readRecord(record));
        }

        assertThat(FrameRemains.digestOf(before, SECOND, whole))
                .isEqualTo(log.appender().chain().digest());
        assertThat(FrameRemains.digestOf(Digest.ZERO, SECOND, whole))
                .isNotEqualTo(log.appender().chain().digest());
        assertThat(FrameRemains.digestOf(before, SECOND, whole.subList(0, 2)))
                .isNotEqualTo(log.appender().chain().digest());
    }
}
