package io.entitydb.storage.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Paged bytes and all their copies behave as arrays. */
class PagedBytesTests {

    private static final int SIZE_MAX = 5 * PagedBytes.PAGE_BYTES;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void copiesAreIndependentArrays(long seed) {
        var random = new SplittableRandom(seed);
        List<PagedBytes> actual = new ArrayList<>(List.of(new PagedBytes()));
        List<byte[]> expected = new ArrayList<>(List.of(new byte[0]));

        for (int step = 0; step < 3_000; step++) {
            int index = random.nextInt(actual.size());
            var image = actual.get(index);
            var model = expected.get(index);
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (actual.size() < 12) {
                        actual.add(image.copy());
                        expected.add(model.clone());
                    }
                }
                case 1 -> {
                    int size = random.nextInt(SIZE_MAX);
                    image.resize(size);
                    expected.set(index, Arrays.copyOf(model, size));
                }
                default -> {
                    var bytes = new byte[random.nextInt(2 * PagedBytes.PAGE_BYTES)];
                    if (random.nextBoolean()) {
                        random.nextBytes(bytes);
                    }
                    int position = random.nextInt(SIZE_MAX - bytes.length);
                    image.write(position, bytes, 0, bytes.length);
                    var grown =
                            Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
                    System.arraycopy(bytes, 0, grown, position, bytes.length);
                    expected.set(index, grown);
                }
            }
        }

        for (int i = 0; i < actual.size(); i++) {
            var content = new byte[(int) actual.get(i).size()];
            actual.get(i).read(0, content, 0, content.length);
            assertThat(content).as("seed %d, copy %d", seed, i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void fingerprintTellsPagesApartThatHaveTheSameHashCode() {
        PagedBytes one = new PagedBytes();
        PagedBytes other = new PagedBytes();
        one.write(8, new byte[] {1, 0}, 0, 2);
        other.write(8, new byte[] {0, 31}, 0, 2);

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
        other.write(8, new byte[] {1, 0}, 0, 2);
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }
}
