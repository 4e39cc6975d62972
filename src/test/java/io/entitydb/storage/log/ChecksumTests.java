package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.FileIdentity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Which bytes the checksums of a file cover. */
class ChecksumTests {

    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private byte[] frame = {};
    private List<Integer> records = List.of();

    @BeforeEach
    void frameOfTwoRecords() {
        WrittenLog log = new WrittenLog();
        log.dictionary().learn("default");
        log.dictionary().learn("text/plain");
        log.dictionary().learn("type");
        log.dictionary().written();
        log.appender()
                .append(
                        List.of(
                                WrittenLog.draft(WrittenLog.KEY, 1, 0),
                                WrittenLog.draft(WrittenLog.OTHER, 1, 0)),
                        new Commitment(1, 1_000));
        frame = log.bytes();
        records =
                FrameReader.recordStarts(
                        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN),
                        frame.length - FrameLayout.TRAILER_BYTES);
        assertThat(records).hasSize(2);
    }

    private int ofFrame(byte[] bytes) {
        ByteBuffer buffer =
                ByteBuffer.allocate(bytes.length + 16).order(ByteOrder.LITTLE_ENDIAN).put(8, bytes);
        return checksum.ofFrame(buffer, 8, bytes.length);
    }

    /** Whether the checksum of a frame covers a byte, other than the lengths of its records. */
    private boolean isCovered(int index) {
        int trailer = frame.length - FrameLayout.TRAILER_BYTES;
        boolean isOfDigest =
                records.stream()
                        .map(record -> index - record - RecordLayout.DIGEST)
                        .anyMatch(at -> at >= 0 && at < Digest.BYTES);
        return index < FrameLayout.HEADER_BYTES
                || isOfDigest
                || (index >= trailer && index < trailer + FrameLayout.TRAILER_CRC);
    }

    @Test
    void frameIsSummedUpWithTheDigestsOfItsRecordsAndWithoutTheirFacts() {
        int sum = ofFrame(frame);
        for (int i = 0; i < frame.length; i++) {
            int at = i;
            if (records.stream().anyMatch(record -> at >= record && at < record + 4)) {
                continue;
            }
            byte[] bytes = frame.clone();
            bytes[i] ^= 1;

            assertThat(ofFrame(bytes) != sum).as("byte %d", i).isEqualTo(isCovered(i));
        }
    }

    @Test
    void lengthsOfRecordsAreCovered() {
        List<byte[]> parts = new ArrayList<>();
        parts.add(part(0, FrameLayout.HEADER_BYTES));
        for (int record : records) {
            parts.add(part(record + RecordLayout.LENGTH, 4));
            parts.add(part(record + RecordLayout.DIGEST, Digest.BYTES));
        }
        parts.add(part(frame.length - FrameLayout.TRAILER_BYTES, FrameLayout.TRAILER_CRC));

        Checksum byParts = checksum.copy().begin();
        parts.forEach(part -> byParts.add(part, 0, part.length));

        assertThat(ofFrame(frame)).isEqualTo(byParts.end());
    }

    private byte[] part(int from, int length) {
        return Arrays.copyOfRange(frame, from, from + length);
    }

    @Test
    void recordIsSummedUpWithItsPlaceAndWithoutItsChecksum() {
        int record = records.getFirst();
        int length = records.getLast() - record;
        int sum = checksum.ofRecord(8_192, frame, record, length);
        assertThat(checksum.ofRecord(8_200, frame, record, length)).isNotEqualTo(sum);
        for (int i = 0; i < length; i++) {
            byte[] bytes = frame.clone();
            bytes[record + i] ^= 1;
            boolean isItself = i >= RecordLayout.CRC && i < RecordLayout.DIGEST;

            assertThat(checksum.ofRecord(8_192, bytes, record, length) == sum)
                    .as("byte %d", i)
                    .isEqualTo(isItself);
        }
        ByteBuffer buffer = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(checksum.ofRecord(8_192, buffer, record, length)).isEqualTo(sum);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(frame.length);
    }

    @Test
    void everyFileHasSumsOfItsOwn() {
        FileIdentity mine = LogForgery.IDENTITY;
        FileIdentity otherSecret =
                new FileIdentity(mine.storeId(), mine.createdAt(), mine.fileId(), new UUID(7, 7));
        FileIdentity otherFile =
                new FileIdentity(mine.storeId(), mine.createdAt(), new UUID(7, 7), mine.secret());
        CRC32C plain = new CRC32C();
        plain.update(frame);

        int sum = sumWith(new Checksum(mine));

        assertThat(sumWith(new Checksum(mine))).isEqualTo(sum);
        assertThat(sumWith(new Checksum(otherSecret))).isNotEqualTo(sum);
        assertThat(sumWith(new Checksum(otherFile))).isNotEqualTo(sum);
        assertThat((int) plain.getValue()).isNotEqualTo(sum);
    }

    private int sumWith(Checksum of) {
        return of.begin().add(frame, 0, frame.length).end();
    }

    @Test
    void stateOfTheSeedIsAllThatIsNeeded() {
        int state = CrcState.before(frame, 0, frame.length, sumWith(checksum));

        assertThat(sumWith(Checksum.ofState(state))).isEqualTo(sumWith(checksum));
    }
}
