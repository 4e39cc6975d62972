package io.entitydb.storage;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Calls to the disk fail, once or from then on; then the store goes on, and loses its power. */
class FaultCampaignTests {

    private static final List<Effect> FAILED_FORCES =
            List.of(Effect.IO_ERROR, Effect.PAGES_DROPPED, Effect.PAGES_PARTLY_DROPPED);
    private static final List<Effect> FAILED_WRITES =
            List.of(
                    Effect.IO_ERROR,
                    Effect.NO_SPACE,
                    Effect.HALF_THEN_IO_ERROR,
                    Effect.HALF_THEN_NO_SPACE);
    private static final List<DiskCall> OTHERS =
            List.of(
                    DiskCall.CREATE_DIRECTORY,
                    DiskCall.CREATE,
                    DiskCall.RENAME,
                    DiskCall.DELETE,
                    DiskCall.FORCE_DIRECTORY,
                    DiskCall.OPEN,
                    DiskCall.MAP,
                    DiskCall.READ,
                    DiskCall.SIZE,
                    DiskCall.LIST,
                    DiskCall.LOCK);

    /** A script makes about so many calls of a kind. */
    private static final int CALLS = 30;

    private static final int READS = 400;

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void forcesThatFailLoseNothing() {
        long faults =
                Campaign.run(
                        seed,
                        ReliabilityGoal.FAILED_FORCES.count(),
                        own -> {
                            SplittableRandom random = new SplittableRandom(own);
                            Fault fault =
                                    Fault.of(DiskCall.FORCE, any(FAILED_FORCES, random))
                                            .at(1 + random.nextInt(CALLS));
                            return play(own, fault);
                        });

        ReliabilityReport.reached(ReliabilityGoal.FAILED_FORCES, seed, faults, start);
    }

    @Test
    void otherCallsThatFailLoseNothing() {
        long faults =
                Campaign.run(
                        seed,
                        ReliabilityGoal.FAILED_CALLS.count(),
                        own -> play(own, any(new SplittableRandom(own))));

        ReliabilityReport.reached(ReliabilityGoal.FAILED_CALLS, seed, faults, start);
    }

    private static long play(long seed, Fault fault) {
        return FaultScenario.play(seed, fault) ? 1 : 0;
    }

    private static Fault any(SplittableRandom random) {
        boolean isWrite = random.nextBoolean();
        DiskCall call = isWrite ? DiskCall.WRITE : any(OTHERS, random);
        Effect effect = isWrite ? any(FAILED_WRITES, random) : Effect.IO_ERROR;
        int most =
                switch (call) {
                    case READ -> READS;
                    case WRITE, FORCE -> CALLS;
                    case CREATE_DIRECTORY,
                            CREATE,
                            RENAME,
                            DELETE,
                            FORCE_DIRECTORY,
                            OPEN,
                            MAP,
                            SIZE,
                            LIST,
                            LOCK ->
                            5;
                };
        Fault fault = Fault.of(call, effect).at(1 + random.nextInt(most));
        return random.nextBoolean() ? fault.sticky() : fault;
    }

    private static <T> T any(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
