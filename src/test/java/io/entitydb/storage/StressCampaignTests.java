package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What runs without a lock is run by two threads at a time, millions of times. */
class StressCampaignTests {

    private static final int RUNS_TO_CATCH_A_TWIN = 10;

    /** One kind of machine, a second each. */
    private static final List<String> SHORT =
            List.of(
                    "-jvmArgs",
                    "-XX:+UseSerialGC -Xmx256m",
                    "-f",
                    "1",
                    "-fsm",
                    "1",
                    "-iters",
                    "1",
                    "-time",
                    "500",
                    "-sc",
                    "false",
                    "-af",
                    "NONE",
                    "-c",
                    "2",
                    "-hs",
                    "128",
                    "-strideSize",
                    "256",
                    "-strideCount",
                    "10");

    /** All the machines that jcstress thinks of. */
    private static final List<String> LONG = List.of("-m", "default", "-af", "NONE", "-hs", "256");

    @BeforeAll
    static void generateRunners() throws IOException {
        StressRun.generateRunners();
    }

    @Test
    void nothingForbiddenIsSeen() throws IOException, InterruptedException {
        boolean isShort = ReliabilityGoal.level().equals("pr");

        StressRun.Outcome outcome =
                new StressRun(isShort ? SHORT : LONG).run("real", "Stress\\.\\w+(?<!Twin)$");

        assertThat(outcome.caught()).isEmpty();
        assertThat(outcome.clean())
                .containsExactlyInAnyOrder(
                        "HeaderSyncStress.Updates",
                        "HeaderSyncStress.Reads",
                        "EntityIndexStress.Growth",
                        "VisibilityStress.Publication",
                        "VisibilityStress.AsOf",
                        "TaskQueueStress.End",
                        "TaskQueueStress.Room");
        ReliabilityReport.noted("races-without-a-forbidden-outcome", outcome.clean().size());
    }

    @Test
    void brokenTwinsAreCaught() throws IOException, InterruptedException {
        Set<String> twins =
                new TreeSet<>(
                        Set.of(
                                "HeaderSyncStress.UpdatesTwin",
                                "HeaderSyncStress.ReadsTwin",
                                "EntityIndexStress.GrowthTwin",
                                "VisibilityStress.PublicationTwin",
                                "VisibilityStress.AsOfTwin",
                                "TaskQueueStress.EndTwin",
                                "TaskQueueStress.RoomTwin"));
        StressRun stress = new StressRun(SHORT);

        for (int run = 0; run < RUNS_TO_CATCH_A_TWIN && !twins.isEmpty(); run++) {
            StressRun.Outcome outcome = stress.run("twins-" + run, String.join("$|", twins) + "$");
            twins.removeAll(outcome.caught());
        }

        assertThat(twins).as("not caught").isEmpty();
    }
}
