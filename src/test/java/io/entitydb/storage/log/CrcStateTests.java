package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** The sum of CRC-32C is run backward over bytes that are known. */
class CrcStateTests {

    private static int sumOf(byte[]... parts) {
        CRC32C crc = new CRC32C();
        for (byte[] part : parts) {
            crc.update(part);
        }
        return (int) crc.getValue();
    }

    @Test
    void stateBeforeTheBytesIsThatOfTheSeed() {
        byte[] seed = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] bytes = "the bytes of a frame's header".getBytes(StandardCharsets.UTF_8);

        int state = CrcState.before(bytes, 0, bytes.length, sumOf(seed, bytes));

        assertThat(state).isEqualTo(~sumOf(seed));
    }

    @Test
    void onlyTheStretchThatIsNamedCounts() {
        byte[] bytes = {9, 9, 1, 2, 3, 9};
        byte[] stretch = {1, 2, 3};

        assertThat(CrcState.before(bytes, 2, 3, sumOf(stretch))).isEqualTo(-1);
        assertThat(CrcState.before(bytes, 2, 0, sumOf(stretch))).isEqualTo(~sumOf(stretch));
    }

    @Test
    void everyStateHasASeedOfFourBytes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] seed = new byte[16];
            random.nextBytes(seed);
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);

            byte[] four = CrcState.seedOf(~sumOf(seed));

            assertThat(four).hasSize(4);
            assertThat(sumOf(four, bytes)).isEqualTo(sumOf(seed, bytes));
        }
    }
}
