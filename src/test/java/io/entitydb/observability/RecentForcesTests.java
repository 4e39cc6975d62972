package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class RecentForcesTests {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final RecentForces forces = new RecentForces(clock::get);

    @Test
    void fewForcesTellNothing() {
        record(RecentForces.SIGNIFICANT - 1, 500);

        assertThat(forces.percentile99()).isZero();
    }

    @Test
    void oneInAHundredMayBeSlow() {
        record(99, 2);
        record(1, 500);

        assertThat(forces.percentile99()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void twoInAHundredMayNot() {
        record(98, 2);
        record(2, 500);

        assertThat(forces.percentile99()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void onlyTheLatestAreRemembered() {
        record(RecentForces.REMEMBERED, 500);
        record(RecentForces.REMEMBERED, 2);

        assertThat(forces.percentile99()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void oldForcesAreForgottenAlsoWhenTheClockWrapsAround() {
        record(50, 500);

        clock.addAndGet(RecentForces.RECENT.toNanos());
        assertThat(forces.percentile99()).isEqualTo(Duration.ofMillis(500));

        clock.incrementAndGet();
        assertThat(forces.percentile99()).isZero();
    }

    private void record(int count, long millis) {
        for (int i = 0; i < count; i++) {
            forces.record(Duration.ofMillis(millis).toNanos());
        }
    }
}
