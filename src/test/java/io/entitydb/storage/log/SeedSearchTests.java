package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.BytesFile;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The checksums of a file are told by any frame of it that is whole. */
class SeedSearchTests {

    private static final int MIB = 1 << 20;
    private static final long START = LogForgery.START;

    private static WrittenLog at(long position) {
        WrittenLog log = new WrittenLog(position);
        log.dictionary().learn("word");
        log.appender().appendDictionary();
        return log;
    }

    /** A file of zeros with one frame in it, which begins at a position. */
    private static byte[] with(WrittenLog log, int size) {
        byte[] bytes = new byte[size];
        byte[] frame = log.bytes();
        int from = (int) (log.end() - frame.length - START);
        System.arraycopy(frame, 0, bytes, from, Math.min(frame.length, size - from));
        return bytes;
    }

    private static @Nullable Checksum find(byte[] bytes) {
        DiskFile file = new BytesFile(START, bytes);
        return SeedSearch.find(file, file.size());
    }

    private static void requireProven(@Nullable Checksum found) {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7};
        assertThat(found).isNotNull();
        assertThat(found.begin().add(bytes, 0, bytes.length).end())
                .isEqualTo(
                        new Checksum(LogForgery.IDENTITY)
                                .begin()
                                .add(bytes, 0, bytes.length)
                                .end());
    }

    @Test
    void frameProvesTheChecksumsWhereverItBegins() {
        requireProven(find(with(at(START), MIB)));
        requireProven(find(with(at(START + 8), MIB)));
        requireProven(find(with(at(START + MIB - 8), 3 * MIB)));
        requireProven(find(with(at(START + MIB), 2 * MIB)));
        requireProven(find(with(at(START + 2 * MIB + 4_096), 3 * MIB)));
    }

    @Test
    void frameMayEndWithTheFile() {
        WrittenLog log = at(START + 64);
        int size = (int) (log.end() - START);

        requireProven(find(with(log, size)));
        assertThat(find(with(log, size - 8))).isNull();
        assertThat(find(with(log, 64 + FrameLayout.HEADER_BYTES))).isNull();
        assertThat(find(with(log, 64 + FrameLayout.HEADER_BYTES - 8))).isNull();
        assertThat(find(with(log, 64 + 8))).isNull();
    }

    @Test
    void damagedFrameProvesNothing() {
        WrittenLog log = at(START);
        int length = log.bytes().length;
        for (int at = 0; at < length; at += 5) {
            byte[] bytes = with(log, 4_096);
            bytes[at] ^= 1;

            assertThat(find(bytes)).as("byte %d", at).isNull();
        }
    }

    @Test
    void frameOfAnotherPlaceProvesNothing() {
        byte[] frame = at(START).bytes();
        byte[] bytes = new byte[4_096];
        System.arraycopy(frame, 0, bytes, 64, frame.length);

        assertThat(find(bytes)).isNull();
    }

    @Test
    void searchGoesOnBehindFramesThatProveNothing() {
        byte[] bytes = with(at(START + 8_192), 16_384);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(0, FrameLayout.MARKER_VALUE);
        byte[] damaged = at(START + 4_096).bytes();
        damaged[damaged.length - 1] ^= 1;
        System.arraycopy(damaged, 0, bytes, 4_096, damaged.length);

        requireProven(find(bytes));
    }

    @Test
    void searchGoesOnPastWhatTheDeviceCannotRead() {
        byte[] bytes = with(at(START + MIB + 64), 2 * MIB);
        DiskFile file = new HoledFile(new BytesFile(START, bytes), START + 100, START + 101);

        requireProven(SeedSearch.find(file, file.size()));
    }

    @Test
    void nothingProvesNothing() {
        assertThat(find(new byte[0])).isNull();
        assertThat(find(Arrays.copyOf(new byte[] {1}, 100_000))).isNull();
    }
}
