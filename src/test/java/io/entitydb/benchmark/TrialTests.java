package io.entitydb.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** Measurements count what was done. */
class TrialTests {

    @Test
    void stepsOfAllClientsAreCounted() throws InterruptedException {
        LongAdder steps = new LongAdder();
        long start = System.nanoTime();
        Trial trial =
                Trial.run(
                        Trial.Plan.writing(3, 0.05),
                        (client, workload) -> {
                            steps.increment();
                            return 1;
                        });
        double most = steps.sum() / 0.05;
        double least = steps.sum() * 1e9 / (System.nanoTime() - start);

        assertThat(trial.perSecond()).isBetween(least, most);
        assertThat(trial.nanos().getTotalCount()).isEqualTo(steps.sum());
    }

    @Test
    void oneStepOfManyIsTimed() throws InterruptedException {
        LongAdder steps = new LongAdder();
        Trial trial =
                Trial.run(
                        new Trial.Plan(2, true, 0.05, 16),
                        (client, workload) -> {
                            steps.increment();
                            return 1;
                        });

        assertThat(trial.nanos().getTotalCount() * 16).isEqualTo(steps.sum());
    }

    @Test
    void pacedClientsDoWhatIsDueAndASlowStepShowsInAllThatItHoldsUp() throws InterruptedException {
        LongAdder steps = new LongAdder();
        Trial trial =
                Trial.run(
                        Trial.Plan.paced(2, 0.2, 200),
                        (client, workload) -> {
                            steps.increment();
                            if (steps.sum() == 1) {
                                Waiting.forMillis(100);
                            }
                            return 1;
                        });

        assertThat(steps.sum()).isBetween(38L, 40L);
        // Ten steps of that client were due meanwhile.
        assertThat(trial.nanos().getCountBetweenValues(10_000_000, Long.MAX_VALUE / 2))
                .isGreaterThanOrEqualTo(8);
    }

    @Test
    void whatAClientThrowsIsThrown() {
        assertThatThrownBy(
                        () ->
                                Trial.run(
                                        Trial.Plan.writing(2, 60),
                                        (client, workload) -> {
                                            throw new IllegalArgumentException("broken");
                                        }))
                .hasRootCauseMessage("broken");
    }

    @Test
    void smallNumbersOfZipfAreDrawnOften() {
        SplittableRandom random = new SplittableRandom(3);
        Zipf zipf = new Zipf(1000);
        int[] drawn = new int[1000];
        for (int i = 0; i < 100_000; i++) {
            drawn[zipf.next(random.nextDouble())]++;
        }

        assertThat(drawn[0]).isBetween(11_000, 16_000);
        assertThat(drawn[0]).isGreaterThan(3 * drawn[9]).isGreaterThan(50 * drawn[999]);
    }
}
