package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

class FuzzTargetTests {

    private static final int MUTATIONS = 20;

    @ParameterizedTest
    @EnumSource
    void committedInputsAreAnsweredOrRefused(FuzzTarget target) throws Exception {
        List<byte[]> corpus = FuzzCorpus.of(target);

        assertThat(corpus).hasSizeGreaterThan(20);
        for (byte[] input : corpus) {
            requireAnswer(target, input);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomChangesOfThemAreAnsweredOrRefused(FuzzTarget target) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("FuzzTargetTests " + target + " seed " + seed);
        Random random = new Random(seed);

        for (byte[] input : FuzzCorpus.of(target)) {
            for (int i = 0; i < MUTATIONS; i++) {
                requireAnswer(target, mutated(input, random));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void inputsTooShortForAnythingAreAnsweredOrRefused(FuzzTarget target) {
        for (int length = 0; length < 100; length++) {
            requireAnswer(target, new byte[length]);
        }
    }

    private static byte[] mutated(byte[] input, Random random) {
        byte[] mutated = input.clone();
        for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return random.nextInt(8) == 0
                ? Arrays.copyOf(mutated, random.nextInt(2 * mutated.length + 1))
                : mutated;
    }

    private static void requireAnswer(FuzzTarget target, byte[] input) {
        assertThatCode(() -> target.run(input))
                .as(() -> target + ", input " + Base64.getEncoder().encodeToString(input))
                .doesNotThrowAnyException();
    }
}
