package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes are a frame header of their place if all of its rules hold. */
class FrameHeaderTests {

    private static final int LEAST = FrameLayout.HEADER_BYTES + FrameLayout.TRAILER_BYTES;

    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private byte[] bytes = {};
    private ByteBuffer fields = ByteBuffer.allocate(0);

    @BeforeEach
    void headerOfATransaction() {
        WrittenLog log = new WrittenLog();
        log.appender().appendDictionary();
        long begin = log.end();
        log.appender().begin(log.appender().chain(), 1, 4);
        log.add(WrittenLog.KEY, 1, 0);
        // Words come first, in a frame of their own.
        byte[] batch = log.bytes();
        int transaction = ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
        bytes = Arrays.copyOfRange(batch, transaction, transaction + FrameLayout.HEADER_BYTES);
        fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(fields.getLong(FrameLayout.POSITION)).isEqualTo(begin + transaction);
        assertThat(fields.getInt(FrameLayout.TYPE)).isEqualTo(FrameType.TRANSACTION.code());
    }

    private FrameHeader decode() throws FrameHeader.Malformed {
        return FrameHeader.decode(bytes, fields.getLong(FrameLayout.POSITION), checksum);
    }

    private void seal() {
        int crc = checksum.begin().add(bytes, 0, FrameLayout.HEADER_CRC).end();
        fields.putInt(FrameLayout.HEADER_CRC, crc);
    }

    private String problem() {
        return String.valueOf(
                catchThrowableOfType(FrameHeader.Malformed.class, this::decode).getMessage());
    }

    @Test
    void allFieldsAreRead() throws FrameHeader.Malformed {
        FrameHeader header = decode();

        assertThat(header.frameNumber()).isEqualTo(3);
        assertThat(header.durableFrame()).isEqualTo(1);
        assertThat(header.headerGeneration()).isEqualTo(4);
        assertThat(header.sequence()).isEqualTo(1);
        assertThat(header.commitTime()).isEqualTo(1_000);
        assertThat(header.recordCount()).isEqualTo(1);
        assertThat(header.end()).isEqualTo(header.position() + header.length());
        assertThat(header.previousCrc()).isNotZero();
    }

    @Test
    void markerIsRequired() {
        bytes[0] ^= 1;
        seal();

        assertThat(problem()).startsWith("no frame marker at ");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                FrameLayout.LENGTH,
                FrameLayout.DIGEST,
                FrameLayout.PREVIOUS_CRC,
                FrameLayout.HEADER_CRC
            })
    void everyByteIsSummedUp(int at) {
        bytes[at] ^= 1;

        assertThat(problem()).startsWith("frame header checksum differs: ");
    }

    @Test
    void headerBelongsToItsPlace() {
        long own = fields.getLong(FrameLayout.POSITION);

        FrameHeader.Malformed refusal =
                catchThrowableOfType(
                        FrameHeader.Malformed.class,
                        () -> FrameHeader.decode(bytes, own + 8, checksum));

        assertThat(refusal).hasMessage("frame of position " + own);
    }

    @Test
    void typeIsKnown() {
        fields.putInt(FrameLayout.TYPE, 99);
        seal();

        assertThat(problem()).isEqualTo("frame type 99");
    }

    @ParameterizedTest
    @ValueSource(ints = {LEAST, LEAST + 8, FrameLayout.MAX_BYTES})
    void lengthHasRoomForHeaderAndTrailer(int length) throws FrameHeader.Malformed {
        fields.putInt(FrameLayout.LENGTH, length);
        seal();

        assertThat(decode().length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {LEAST - 8, LEAST + 4, FrameLayout.MAX_BYTES + 8, 0, -8})
    void lengthIsWithinItsBounds(int length) {
        fields.putInt(FrameLayout.LENGTH, length);
        seal();

        assertThat(problem()).isEqualTo("frame length " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void frameHoldsARecord(int count) {
        fields.putInt(FrameLayout.RECORD_COUNT, count);
        seal();

        assertThat(problem()).isEqualTo("number of records is " + count);
    }

    @Test
    void frameKnowsEarlierOnesOnlyToBeDurable() throws FrameHeader.Malformed {
        fields.putLong(FrameLayout.DURABLE_FRAME, 3);
        seal();
        assertThat(problem()).isEqualTo("durable frame 3");

        fields.putLong(FrameLayout.DURABLE_FRAME, -1);
        seal();
        assertThat(problem()).isEqualTo("durable frame -1");

        fields.putLong(FrameLayout.DURABLE_FRAME, 2);
        seal();
        assertThat(decode().durableFrame()).isEqualTo(2);

        fields.putLong(FrameLayout.DURABLE_FRAME, 0);
        seal();
        assertThat(decode().durableFrame()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSACTION, 0",
        "TRANSACTION, -1",
        "LOSS, 0",
        "DICTIONARY, 1",
        "CHUNK, 1",
        "ERASE_MARK, 1"
    })
    void onlyTransactionsAndLossesHaveASequence(FrameType type, long sequence) {
        fields.putInt(FrameLayout.TYPE, type.code());
        fields.putLong(FrameLayout.SEQUENCE, sequence);
        seal();

        assertThat(problem()).isEqualTo("sequence " + sequence + " in a frame of " + type);
    }
}
