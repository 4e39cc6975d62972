package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.UnsupportedFormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

class HeaderCodecTests {

    private static final String FILE = "entities.edb";
    private static final Path FORMATS = Path.of("src/test/resources/format");

    @Test
    void headerSurvivesARoundTrip() {
        for (Header header : new Header[] {Headers.golden(), Headers.ofNewFile()}) {
            assertThat(HeaderCodec.decode(HeaderCodec.encode(header), header.slot(), FILE))
                    .isEqualTo(header);
        }
    }

    @Test
    void bytesAreThoseOfTheGoldenFile() throws IOException {
        byte[] golden = golden("v5");

        assertThat(HeaderCodec.encode(Headers.golden())).isEqualTo(golden);
        assertThat(HeaderCodec.decode(golden, 1, FILE)).isEqualTo(Headers.golden());
    }

    @Test
    void headerOfVersion4IsRead() throws IOException {
        Header read = HeaderCodec.decode(golden("v4"), 1, FILE);

        assertThat(read).isEqualTo(Headers.golden().withInterval(false));
    }

    @Test
    void headerOfVersion4HasNoFlags() throws IOException {
        byte[] bytes = golden("v4");
        bytes[HeaderLayout.FLAGS] = 1;
        repairChecksum(bytes);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(() -> HeaderCodec.decode(bytes, 1, FILE))
                .returns("flags-known: flags are 0x00000001", CorruptDataException::reason);
    }

    private static byte[] golden(String version) throws IOException {
        Path file = FORMATS.resolve(version).resolve("header.hex");
        return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s+", ""));
    }

    @Test
    void everySingleBitFlipIsDetected() {
        byte[] bytes = HeaderCodec.encode(Headers.golden());
        // Turns version 5 into version 4, which is known, but not what the checksum covers.
        int versionBit = HeaderLayout.FORMAT_VERSION * Byte.SIZE;

        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> HeaderCodec.decode(flipped, 1, FILE))
                    .as("bit %d", bit)
                    .isInstanceOf(
                            bit < Long.SIZE && bit != versionBit
                                    ? UnsupportedFormatException.class
                                    : CorruptDataException.class);
        }
    }

    @Test
    void bytesWithARepairedChecksumGiveThatHeaderOrATypedError() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int decoded = 0;

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = HeaderCodec.encode(Headers.golden());
            scribble(bytes, random);
            repairChecksum(bytes);
            try {
                Header header = HeaderCodec.decode(bytes, 1, FILE);
                bytes[HeaderLayout.FORMAT_VERSION] = HeaderCodec.VERSION;
                repairChecksum(bytes);
                assertThat(HeaderCodec.encode(header)).isEqualTo(bytes);
                decoded++;
            } catch (CorruptDataException | UnsupportedFormatException e) {
                assertThat(e).hasMessageStartingWith(FILE);
            }
        }
        assertThat(decoded).isBetween(1, 19_999);
    }

    @Test
    void mismatchOfTheChecksumTellsBothValues() {
        byte[] bytes = HeaderCodec.encode(Headers.golden());
        bytes[HeaderLayout.EPOCH] ^= 1;

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(() -> HeaderCodec.decode(bytes, 1, FILE))
                .returns(FILE, CorruptDataException::file)
                .returns(4096L, CorruptDataException::position)
                .extracting(CorruptDataException::reason, STRING)
                .matches("crc-matches: expected 0x3c6f02b2, actual 0x[0-9a-f]{8}");
    }

    @ParameterizedTest
    @CsvSource({
        "0x46444245, 4, magic 0x46444245",
        "0, 0, magic 0x00000000",
        "0x46465545, 3, version 3",
        "0x46465545, 6, version 6",
        "0x46465545, -1, version 4294967295"
    })
    void otherFormatsAreRefusedByWhatWasFound(String magic, int version, String found) {
        byte[] bytes =
                changed(
                        slot ->
                                slot.putInt(HeaderLayout.MAGIC, Integer.decode(magic))
                                        .putInt(HeaderLayout.FORMAT_VERSION, version));

        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(() -> HeaderCodec.decode(bytes, 1, FILE))
                .returns(found, UnsupportedFormatException::found)
                .returns("magic 0x46465545, version 4 to 5", UnsupportedFormatException::supported)
                .returns(FILE, UnsupportedFormatException::file);
    }

    @Test
    void headerInTheOtherSlotIsRefused() {
        byte[] bytes = HeaderCodec.encode(Headers.golden());

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(() -> HeaderCodec.decode(bytes, 0, FILE))
                .returns(0L, CorruptDataException::position)
                .returns("slot-in-place: slot 0 names itself 1", CorruptDataException::reason);
    }

    @Test
    void generationOfTheOtherSlotIsRefused() {
        assertRefused(
                slot -> slot.putLong(HeaderLayout.GENERATION, 8),
                "slot-of-generation: generation 8 in slot 1");
    }

    @ParameterizedTest
    @CsvSource({"12, 2, 0x00000002", "12, 3, 0x00000003", "15, 1, 0x01000001"})
    void unknownFlagsAreRefused(int offset, byte value, String flags) {
        assertRefused(slot -> slot.put(offset, value), "flags-known: flags are " + flags);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 225, 251})
    void reservedBytesInUseAreRefused(int offset) {
        assertRefused(
                slot -> slot.put(offset, (byte) 1), "reserved-zero: reserved bytes are in use");
    }

    @Test
    void walOffsetZeroIsRefused() {
        assertRefused(
                slot -> slot.putLong(HeaderLayout.WAL_OFFSET, 0),
                "wal-offset-not-zero: walOffset is 0");
    }

    @Test
    void offsetsOutsideTheDataAreRefused() {
        assertRefused(
                slot -> slot.putLong(HeaderLayout.WAL_OFFSET, 12296),
                "wal-offset-in-data: walOffset is 12296, data [8192, 12288)");
        assertRefused(
                slot -> slot.putLong(HeaderLayout.TAG_DICT_OFFSET, 12288),
                "tag-dict-offset-in-data: tagDictOffset is 12288, data [8192, 12288)");
        assertRefused(
                slot -> slot.putLong(HeaderLayout.DATA_OFFSET, 4096),
                "data-offset-fixed: dataOffset is 4096");
    }

    @Test
    void identityOfZerosIsRefused() {
        assertRefused(
                slot -> slot.putLong(HeaderLayout.FILE_ID, 0).putLong(HeaderLayout.FILE_ID + 8, 0),
                "file-id-drawn: all bits are zero");
    }

    private static void assertRefused(Consumer<ByteBuffer> change, String reason) {
        byte[] bytes = changed(change);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(() -> HeaderCodec.decode(bytes, 1, FILE))
                .returns(reason, CorruptDataException::reason);
    }

    private static byte[] changed(Consumer<ByteBuffer> change) {
        byte[] bytes = HeaderCodec.encode(Headers.golden());
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        repairChecksum(bytes);
        return bytes;
    }

    private static void repairChecksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, HeaderLayout.CRC);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HeaderLayout.CRC, (int) crc.getValue());
    }

    private static void scribble(byte[] bytes, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 1 -> {
                int field = HeaderLayout.GENERATION + Long.BYTES * random.nextInt(29);
                Arrays.fill(bytes, field, field + Long.BYTES, (byte) -random.nextInt(2));
            }
            default -> {
                int from = random.nextInt(HeaderLayout.CRC);
                int to = from + random.nextInt(HeaderLayout.CRC - from);
                for (int i = from; i < to; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
        }
    }
}
