package io.entitydb.storage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** Random operations, compared with a plain model of what a store promises. */
class ModelCampaignTests {

    private static final int LEAST_OPERATIONS = 200;

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void engineAnswersAsTheModelDoes() {
        LongAdder operations = new LongAdder();

        long sequences =
                Campaign.run(
                        seed,
                        ReliabilityGoal.MODEL_SEQUENCES.count(),
                        own -> {
                            int length = LEAST_OPERATIONS + (int) Math.floorMod(own, 60L);
                            List<ModelStep> steps = ModelScript.draw(own, length);
                            play(own, steps);
                            operations.add(length);
                            return 1;
                        });

        ReliabilityReport.reached(ReliabilityGoal.MODEL_SEQUENCES, seed, sequences, start);
        ReliabilityReport.noted("model-operations", operations.sum());
    }

    private static void play(long seed, List<ModelStep> steps) {
        try {
            ModelRun.play(seed, steps);
        } catch (AssertionError e) {
            List<ModelStep> shortest = Shrinking.shortest(steps, part -> fails(seed, part));
            throw new AssertionError(e.getMessage() + "; shortest: " + shortest, e);
        }
    }

    private static boolean fails(long seed, List<ModelStep> steps) {
        try {
            ModelRun.play(seed, steps);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
