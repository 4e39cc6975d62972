package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

class ScheduleTests {

    private final long seed = new Random().nextLong();

    @Test
    void whatMembersSeeIsTrueInSomeOrders() {
        System.out.println("seed " + seed);

        for (int i = 0; i < 20; i++) {
            assertThat(Schedule.play(seed + i)).isPositive();
        }
    }

    @Test
    void sameSeedGivesTheSameOrder() {
        assertThat(Schedule.play(seed)).as("seed %d", seed).isEqualTo(Schedule.play(seed));
    }

    @Test
    void wakeUpThatIsForgottenIsADeadlock() {
        assertThatThrownBy(
                        () ->
                                DeterministicCrew.run(
                                        DeterministicCrew.random(seed),
                                        crew -> {
                                            AtomicBoolean isSet = new AtomicBoolean();
                                            crew.start("forgetful", () -> isSet.set(true));
                                            return crew.signal().await(isSet::get, Signal.FOREVER);
                                        }))
                .isInstanceOf(DeterministicCrew.Deadlock.class)
                .hasMessageContaining("test waits for signal");
    }

    @Test
    void memberThatOutlivesTheWorkIsReported() {
        assertThatThrownBy(
                        () ->
                                DeterministicCrew.run(
                                        DeterministicCrew.random(seed),
                                        crew -> {
                                            Signal never = crew.signal();
                                            crew.start(
                                                    "lingering",
                                                    () -> never.awaitUninterruptibly(() -> false));
                                            crew.pass();
                                            return true;
                                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lingering");
    }

    @Test
    void timePassesOnlyWhereNobodyCanGoOn() {
        List<String> order = new ArrayList<>();

        DeterministicCrew.run(
                DeterministicCrew.random(seed),
                crew -> {
                    crew.start(
                            "slow",
                            () -> {
                                crew.pause(Duration.ofHours(2));
                                order.add("slow");
                            });
                    crew.start(
                            "fast",
                            () -> {
                                crew.pause(Duration.ofHours(1));
                                order.add("fast");
                            });
                    crew.pause(Duration.ofHours(3));
                    return assertThat(crew.nanoTime()).isEqualTo(Duration.ofHours(3).toNanos());
                });

        assertThat(order).containsExactly("fast", "slow");
    }
}
