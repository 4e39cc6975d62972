package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Who guesses waits longer each time; who comes from elsewhere, or knows, does not. */
class LoginBackoffTests {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final int FREE = 5;

    private final TestTicker ticker = new TestTicker();
    private final LoginBackoff backoff = backoff(60);

    private LoginBackoff backoff(int perMinute) {
        return new LoginBackoff(new LimitProperties(1, 1, 1, FREE, perMinute, 1), ticker);
    }

    private void fail(LoginBackoff of, String name, String address) {
        try (LoginBackoff.Attempt attempt = of.begin(name, address)) {
            attempt.fail();
        }
    }

    private int secondsToWait(String name, String address) {
        try (LoginBackoff.Attempt _ = backoff.begin(name, address)) {
            return 0;
        } catch (TooManyRequestsException e) {
            return e.retryAfterSeconds();
        }
    }

    @Test
    void waitsDoubleUpToAQuarterOfAnHour() {
        for (int i = 0; i < FREE - 1; i++) {
            fail(backoff, "ada", HERE);
            assertThat(secondsToWait("ada", HERE)).isZero();
        }

        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            fail(backoff, "ada", HERE);
            waits.add(secondsToWait("ada", HERE));
            ticker.pass(Duration.ofSeconds(waits.getLast()));
        }

        assertThat(waits).containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900);
        assertThat(backoff.refused()).isEqualTo(12);
    }

    @Test
    void otherAddressesAndNamesAreNotConcerned() {
        for (int i = 0; i < FREE; i++) {
            fail(backoff, "ada", HERE);
        }

        assertThat(secondsToWait("ada", HERE)).isEqualTo(1);
        assertThat(secondsToWait("ada", ELSEWHERE)).isZero();
        assertThat(secondsToWait("bob", HERE)).isZero();
    }

    @Test
    void rightPasswordEndsTheWaits() {
        for (int i = 0; i < FREE; i++) {
            fail(backoff, "ada", HERE);
        }
        ticker.pass(Duration.ofSeconds(1));

        try (LoginBackoff.Attempt attempt = backoff.begin("ada", HERE)) {
            attempt.succeed();
        }
        fail(backoff, "ada", HERE);

        assertThat(secondsToWait("ada", HERE)).isZero();
    }

    @Test
    void addressThatTriesManyNamesWaitsAsWell() {
        for (int i = 0; i < 60; i++) {
            fail(backoff, "name" + i, HERE);
        }

        assertThat(secondsToWait("ada", HERE)).isEqualTo(1);
        assertThat(secondsToWait("ada", ELSEWHERE)).isZero();
        ticker.pass(Duration.ofSeconds(1));
        assertThat(secondsToWait("ada", HERE)).isZero();
    }

    @Test
    void loginsThatAreRightDoNotUseUpWhatAnAddressMayGetWrong() {
        for (int i = 0; i < 500; i++) {
            try (LoginBackoff.Attempt attempt = backoff.begin("ada", HERE)) {
                attempt.succeed();
            }
        }

        fail(backoff, "ada", HERE);
    }

    @Test
    void attemptWithoutAnAnswerDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            backoff.begin("ada", HERE).close();
        }

        assertThat(secondsToWait("ada", HERE)).isZero();
    }

    @Test
    void attemptsAtOnceAreNoWayToMakeMoreOfThem() throws Exception {
        LoginBackoff generous = backoff(1000);

        assertThat(guessesAtOnce(() -> attempt(generous))).isEqualTo(16);
        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> generous.begin("ada", HERE));
        ticker.pass(Duration.ofHours(2));
        assertThat(guessesAtOnce(() -> attempt(generous))).isEqualTo(16);
    }

    /**
     * The broken twin: what counts failures at their end only lets all guesses of a burst through.
     */
    @Test
    void countingAtTheEndIsNoticed() throws Exception {
        AtomicInteger failures = new AtomicInteger();

        int guesses =
                guessesAtOnce(
                        () -> {
                            if (failures.get() >= FREE) {
                                return null;
                            }
                            return failures::incrementAndGet;
                        });

        assertThat(guesses).isGreaterThan(16);
    }

    private static @Nullable Runnable attempt(LoginBackoff of) {
        try {
            LoginBackoff.Attempt attempt = of.begin("ada", HERE);
            return () -> {
                attempt.fail();
                attempt.close();
            };
        } catch (TooManyRequestsException e) {
            return null;
        }
    }

    /** How many of many attempts are let through that all begin before the first one ends. */
    private static int guessesAtOnce(Callable<@Nullable Runnable> begin) throws Exception {
        int clients = 64;
        CountDownLatch begun = new CountDownLatch(clients);
        AtomicInteger guesses = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    @Nullable Runnable end;
                                    try {
                                        end = begin.call();
                                    } finally {
                                        begun.countDown();
                                    }
                                    begun.await();
                                    if (end != null) {
                                        guesses.incrementAndGet();
                                        end.run();
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return guesses.get();
    }
}
