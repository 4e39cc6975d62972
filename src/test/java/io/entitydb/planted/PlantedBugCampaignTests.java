package io.entitydb.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.entitydb.storage.ReliabilityGoal;
import io.entitydb.storage.ReliabilityReport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Each planted error is noticed by the instrument, or the tests, that are there for it. */
class PlantedBugCampaignTests {

    private static final String ENGINE = "io.entitydb.storage.";
    private static final String HARNESS = ENGINE + "PlantedHarness";
    private static final int MOST_RUNS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long START = System.nanoTime();
    private static final long SEED = new Random().nextLong();
    private static final AtomicInteger CAUGHT = new AtomicInteger();

    @AfterAll
    static void report() {
        ReliabilityReport.reached(ReliabilityGoal.PLANTED_BUGS, SEED, CAUGHT.get(), START);
    }

    /**
     * How a bug was caught.
     *
     * @param runs of the instrument
     * @param failure what it said; null if nothing
     */
    private record Catch(int runs, @Nullable Throwable failure) {}

    @ParameterizedTest
    @EnumSource
    void plantedBugIsCaught(PlantedBug bug) throws ReflectiveOperationException {
        Planting planting = bug.planting();
        PlantedLoader loader = new PlantedLoader(planting);
        long start = System.nanoTime();

        boolean isInstrument = bug.catcher().equals(bug.catcher().toUpperCase(Locale.ROOT));
        Catch caught =
                isInstrument
                        ? byInstrument(loader, bug.catcher())
                        : byTests(loader.loadClass(ENGINE + bug.catcher()));

        System.out.printf(
                "planted %s: caught by %s in run %d after %d ms, seed %d: %s%n",
                bug,
                bug.catcher(),
                caught.runs(),
                (System.nanoTime() - start) / 1_000_000,
                SEED,
                String.valueOf(caught.failure()).lines().limit(4).toList());
        assertThat(planting.places().get()).as("places changed").isPositive();
        assertThat(caught.failure()).as("%s, seed %d, %s", bug, SEED, caught).isNotNull();
        CAUGHT.incrementAndGet();
    }

    private Catch byInstrument(PlantedLoader loader, String name)
            throws ReflectiveOperationException {
        Class<?> harness = loader.loadClass(HARNESS);
        Object instrument = instrument(harness, name);
        Method run = harness.getMethod("run", long.class);
        run.setAccessible(true);
        long start = System.nanoTime();
        Throwable failure = null;
        int runs = 0;
        while (failure == null
                && runs < MOST_RUNS
                && System.nanoTime() - start < PATIENCE.toNanos()) {
            failure = failure(run, instrument, SEED + runs);
            runs++;
        }
        return new Catch(runs, failure);
    }

    private static Object instrument(Class<?> harness, String name) {
        for (Object constant : harness.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new AssertionError("no instrument " + name);
    }

    private static @Nullable Throwable failure(Method run, Object instrument, long seed)
            throws IllegalAccessException {
        try {
            run.invoke(instrument, seed);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private static Catch byTests(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        List<Failure> failures = listener.getSummary().getFailures();
        return new Catch(1, failures.isEmpty() ? null : failures.getFirst().getException());
    }
}
