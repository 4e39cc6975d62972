package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Records in bytes whose structure is lost. */
class RecordSearchTests {

    private static final long START = LogForgery.START;
    private static final int MIB = 1 << 20;

    /** What is searched at once. */
    private static final int WINDOW = 4 * MIB;

    private static final int LENGTH = 64;

    private static byte[] bytesWithRecordsAt(int size, int... places) {
        byte[] bytes = new byte[size];
        for (int at : places) {
            putRecord(bytes, at, LENGTH);
        }
        return bytes;
    }

    private static void putRecord(byte[] bytes, int at, int length) {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(at + RecordLayout.LENGTH, length);
        bytes[at + RecordLayout.KIND] = RecordKind.CHUNK;
        new LogForgery(bytes).repairRecord(at);
    }

    private static List<Integer> found(byte[] bytes) {
        return found(new BytesFile(START, bytes), START, START + bytes.length);
    }

    private static List<Integer> found(DiskFile file, long from, long to) {
        return new RecordSearch(file, new Checksum(LogForgery.IDENTITY))
                .between(from, to).stream()
                        .map(record -> Math.toIntExact(record.position() - START))
                        .toList();
    }

    @Test
    void recordsAreFoundAtEveryMultipleOfTheAlignment() {
        assertThat(found(bytesWithRecordsAt(4_096, 0, 64, 136, 4_032)))
                .containsExactly(0, 64, 136, 4_032);
        assertThat(found(bytesWithRecordsAt(4_096, 4))).isEmpty();
    }

    @Test
    void recordThatIsFoundTellsItsBytes() {
        byte[] bytes = bytesWithRecordsAt(256, 64);
        bytes[64 + 50] = 5;
        new LogForgery(bytes).repairRecord(64);

        RawRecord record =
                new RecordSearch(new BytesFile(START, bytes), new Checksum(LogForgery.IDENTITY))
                        .between(START, START + 256)
                        .getFirst();

        assertThat(record.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 64, 64 + LENGTH));
        assertThat(record.position()).isEqualTo(START + 64);
    }

    @Test
    void recordThatIsCutByTheEndIsNone() {
        byte[] bytes = bytesWithRecordsAt(256, 192);
        DiskFile file = new BytesFile(START, bytes);

        assertThat(found(file, START, START + 256)).containsExactly(192);
        assertThat(found(file, START, START + 248)).isEmpty();
        assertThat(found(file, START + 200, START + 256)).isEmpty();
    }

    @Test
    void shortestRecordIsFoundUpToTheLastByte() {
        byte[] bytes = new byte[2 * RecordLayout.PREFIX_BYTES];
        putRecord(bytes, 0, RecordLayout.PREFIX_BYTES);
        putRecord(bytes, RecordLayout.PREFIX_BYTES, RecordLayout.PREFIX_BYTES);

        assertThat(found(bytes)).containsExactly(0, RecordLayout.PREFIX_BYTES);
    }

    @Test
    void longestRecordIsFoundWhereverItBegins() {
        byte[] bytes = new byte[9 * MIB];
        putRecord(bytes, 8, RecordLayout.MAX_BYTES);
        putRecord(bytes, 8 + RecordLayout.MAX_BYTES, RecordLayout.MAX_BYTES);

        assertThat(found(bytes)).containsExactly(8, 8 + RecordLayout.MAX_BYTES);
    }

    @Test
    void recordBesideAWindowThatCannotBeReadIsFound() {
        byte[] bytes = bytesWithRecordsAt(9 * MIB, WINDOW, 9 * MIB - LENGTH);
        DiskFile file = new HoledFile(new BytesFile(START, bytes), START, START + 8);

        assertThat(found(file, START, START + bytes.length))
                .containsExactly(WINDOW, 9 * MIB - LENGTH);
    }

    @Test
    void nothingIsFoundWhereNothingFits() {
        byte[] bytes = bytesWithRecordsAt(256, 0);
        DiskFile file = new BytesFile(START, bytes);

        assertThat(found(file, START, START)).isEmpty();
        assertThat(found(file, START, START + RecordLayout.PREFIX_BYTES - 1)).isEmpty();
        assertThat(found(file, START, START + LENGTH)).containsExactly(0);
    }

    @Test
    void recordsWithinARecordAreItsBytes() {
        byte[] bytes = bytesWithRecordsAt(512, 128);
        putRecord(bytes, 64, 256);

        assertThat(found(bytes)).containsExactly(64);
    }

    @Test
    void recordOfNoKindOrLengthIsNone() {
        for (int length : new int[] {RecordLayout.PREFIX_BYTES - 8, 68, 8 + 4 * MIB}) {
            byte[] bytes = new byte[9 * MIB];
            putRecord(bytes, 64, length);
            assertThat(found(bytes)).as("length %d", length).isEmpty();
        }
        byte[] bytes = bytesWithRecordsAt(256, 64);
        bytes[64 + RecordLayout.KIND] = 7;
        new LogForgery(bytes).repairRecord(64);
        assertThat(found(bytes)).isEmpty();
    }

    @Test
    void longStretchIsSearchedWindowByWindow() {
        int[] places = {8, WINDOW - 8, WINDOW + 64, 2 * WINDOW, 2 * WINDOW + 128, 10 * MIB - 64};
        byte[] bytes = bytesWithRecordsAt(10 * MIB, places);
        putRecord(bytes, 3 * MIB + 16, 4 * MIB);

        assertThat(found(bytes))
                .containsExactly(8, 3 * MIB + 16, 2 * WINDOW, 2 * WINDOW + 128, 10 * MIB - 64);
        assertThat(found(bytesWithRecordsAt(10 * MIB, places))).hasSize(places.length);
    }

    @Test
    void searchGoesOnPastWhatTheDeviceCannotRead() {
        byte[] bytes = bytesWithRecordsAt(10 * MIB, 8, 64, WINDOW + 64, 9 * MIB);
        DiskFile file = new HoledFile(new BytesFile(START, bytes), START + MIB, START + 2 * MIB);

        assertThat(found(file, START, START + bytes.length)).containsExactly(WINDOW + 64, 9 * MIB);
    }

    @Test
    void bytesThatLookLikeRecordsEndTheSearchWhenTheyAreMany() {
        byte[] few = bytesWithLikenesses(50);
        byte[] many = bytesWithLikenesses(100);

        assertThat(found(few)).containsExactly(few.length - LENGTH);
        assertThat(found(many)).isEmpty();
    }

    /**
     * Each word is the length of a record, and the kind of another; the last bytes are a record.
     */
    private static byte[] bytesWithLikenesses(int count) {
        byte[] bytes = bytesWithRecordsAt(3 * MIB, 3 * MIB - LENGTH);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            fields.putLong(i * Long.BYTES, MIB + RecordKind.DICTIONARY);
        }
        return bytes;
    }
}
