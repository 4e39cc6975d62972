package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class ModelRunTests {

    private final long seed = new Random().nextLong();

    @Test
    void engineAnswersAsTheModelDoes() {
        System.out.println("seed " + seed);

        ModelRun.play(seed, ModelScript.draw(seed, 300));
    }

    @Test
    void sameSeedDrawsTheSameSteps() {
        assertThat(ModelScript.draw(seed, 100)).isEqualTo(ModelScript.draw(seed, 100));
    }

    @Test
    void failingListIsShrunkToWhatMatters() {
        List<Integer> numbers = IntStream.range(0, 200).boxed().toList();

        List<Integer> shortest =
                Shrinking.shortest(numbers, part -> part.contains(17) && part.contains(160));

        assertThat(shortest).containsExactly(17, 160);
    }
}
