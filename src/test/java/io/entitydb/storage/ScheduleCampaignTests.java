package io.entitydb.storage;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** The engine's threads and those of its callers take turns in every order that a seed draws. */
class ScheduleCampaignTests {

    private final long seed = new Random().nextLong();
    private final long start = System.nanoTime();

    @Test
    void whatMembersSeeIsTrueInEveryOrder() {
        LongAdder switches = new LongAdder();

        long schedules =
                Campaign.run(
                        seed,
                        ReliabilityGoal.SCHEDULES.count(),
                        own -> {
                            switches.add(Schedule.play(own));
                            return 1;
                        });

        ReliabilityReport.reached(ReliabilityGoal.SCHEDULES, seed, schedules, start);
        ReliabilityReport.noted("schedule-switches", switches.sum());
    }
}
