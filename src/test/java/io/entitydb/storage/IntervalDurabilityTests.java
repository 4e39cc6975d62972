package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Commits may be acknowledged when they are written, and forced a little later. */
class IntervalDurabilityTests {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final StorageOptions FORCED = SmallStore.options(Duration.ofHours(1));
    private static final StorageOptions INTERVAL =
            FORCED.toBuilder().durability(new Durability.Interval(EVERY)).build();

    private final SimulatedDisk disk = new SimulatedDisk(5);

    private interface Scenario<T> {
        T play(TextStore store, DeterministicCrew crew) throws Exception;
    }

    private <T> T play(StorageOptions options, Scenario<T> scenario) {
        return DeterministicCrew.run(
                DeterministicCrew.latestFirst(),
                crew -> {
                    try (TextStore store = TextStore.open(disk, options, crew)) {
                        return scenario.play(store, crew);
                    }
                });
    }

    @Test
    void commitIsAcknowledgedWithoutAForceAndForcedWithinTheInterval() {
        play(
                INTERVAL,
                (store, crew) -> {
                    long forces = disk.control().calls(DiskCall.FORCE);

                    store.save("a", "text");
                    store.save("b", "text");

                    assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces);
                    assertThat(store.text("a")).isEqualTo("text");
                    assertThat(store.engine().status().visibleSequence()).isEqualTo(2);
                    assertThat(store.engine().status().durableSequence()).isZero();
                    crew.pause(EVERY.multipliedBy(2));
                    assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces + 1);
                    return assertThat(store.engine().status().durableSequence()).isEqualTo(2);
                });
    }

    @Test
    void followersReadOnlyWhatIsDurable() {
        play(
                INTERVAL,
                (store, crew) -> {
                    store.save("a", "text");
                    LogFollower follower = store.engine().follow(0);

                    assertThat(follower.next(Duration.ZERO)).isNull();

                    return assertThat(follower.next(EVERY.multipliedBy(2))).isNotNull();
                });
    }

    @Test
    void checkpointHoldsOnlyWhatIsDurable() {
        SimulatedDisk lost =
                play(
                        INTERVAL,
                        (store, crew) -> {
                            store.save("a", "before");
                            store.engine().checkpoint();
                            store.save("b", "behind");
                            return disk.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
                        });

        try (TextStore store = TextStore.open(lost, INTERVAL)) {
            assertThat(store.text("a")).isEqualTo("before");
            assertThat(store.text("b")).isNull();
            assertThat(Objects.requireNonNull(store.engine().status().recovery()).isIndexRebuilt())
                    .isFalse();
        }
    }

    @Test
    void powerLossTakesAnEndAndAKillTakesNothing() {
        List<SimulatedDisk> states =
                play(
                        INTERVAL,
                        (store, crew) -> {
                            store.save("a", "forced");
                            crew.pause(EVERY.multipliedBy(2));
                            for (int i = 1; i <= 5; i++) {
                                store.save("k" + i, "not forced");
                            }
                            List<SimulatedDisk> left =
                                    disk.crashStates(new CrashPlan(3, 200)).toList();
                            try (TextStore killed =
                                    TextStore.open(disk.snapshotOfCache(), INTERVAL)) {
                                assertThat(killed.text("k5")).isEqualTo("not forced");
                            }
                            return left;
                        });

        for (SimulatedDisk state : states) {
            try (TextStore store = TextStore.open(state, INTERVAL)) {
                long held = store.engine().snapshot().sequence();
                assertThat(store.state()).isEqualTo(new StoreState.Ready());
                assertThat(store.text("a")).isEqualTo("forced");
                for (int i = 1; i <= 5; i++) {
                    assertThat(store.text("k" + i)).isEqualTo(i < held ? "not forced" : null);
                }
            }
        }
        assertThat(states).hasSizeGreaterThan(50);
    }

    @Test
    void uncleanOpeningBeginsANewEpochAndACleanOneDoesNot() {
        SimulatedDisk killed =
                play(
                        INTERVAL,
                        (store, crew) -> {
                            store.save("a", "text");
                            return disk.snapshotOfCache();
                        });

        assertThat(epoch(disk, INTERVAL)).isEqualTo(1);
        assertThat(epoch(disk, FORCED)).isEqualTo(1);
        assertThat(epoch(killed.snapshotOfCache(), FORCED)).as("whoever opens it").isEqualTo(2);
        assertThat(epoch(killed, INTERVAL)).isEqualTo(2);
    }

    private static long epoch(SimulatedDisk left, StorageOptions options) {
        try (TextStore store = TextStore.open(left, options)) {
            return Objects.requireNonNull(store.engine().status().header()).epoch();
        }
    }

    @Test
    void closingForcesEverything() {
        play(INTERVAL, (store, crew) -> store.save("a", "text"));

        SimulatedDisk lost = disk.crashStates(new CrashPlan(0, 1)).findFirst().orElseThrow();
        try (TextStore store = TextStore.open(lost, FORCED)) {
            assertThat(store.text("a")).isEqualTo("text");
        }
    }
}
