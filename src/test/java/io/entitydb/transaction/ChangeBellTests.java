package io.entitydb.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** No ring is missed, by however many threads; a bell that looks before it listens misses some. */
@Timeout(120)
class ChangeBellTests {

    private static final int ROUNDS = 20_000;
    private static final int WAITERS = 4;

    /** Longest that a round waits: a ring that is not heard by then was missed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long the twin is held between its two looks, unless it is rung. */
    private static final Duration GAP = Duration.ofMillis(1);

    private static final Duration SHORT_PATIENCE = Duration.ofMillis(50);

    /** What the bell and its twin have in common. */
    private interface Bell {
        long rings();

        void ring();

        boolean awaitAfter(long count, Duration patience) throws Exception;
    }

    private static Bell real() {
        ChangeBell bell = new ChangeBell();
        return new Bell() {
            @Override
            public long rings() {
                return bell.rings();
            }

            @Override
            public void ring() {
                bell.ring();
            }

            @Override
            public boolean awaitAfter(long count, Duration patience) throws Exception {
                return bell.awaitAfter(count, patience);
            }
        };
    }

    /** Looks at the count first and takes the future then. */
    private static final class Twin implements Bell {

        private volatile CompletableFuture<Void> next = new CompletableFuture<>();
        private volatile long rings;

        @Override
        public long rings() {
            return rings;
        }

        @Override
        public void ring() {
            CompletableFuture<Void> rung;
            synchronized (this) {
                rings = rings + 1;
                rung = next;
                next = new CompletableFuture<>();
            }
            rung.complete(null);
        }

        @Override
        public boolean awaitAfter(long count, Duration patience) throws Exception {
            if (rings != count) {
                return true;
            }
            // The gap between the two looks, as wide as an unlucky thread finds it.
            long until = System.nanoTime() + GAP.toNanos();
            while (rings == count && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            try {
                next.get(patience.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            }
        }
    }

    /**
     * One thread makes steps and rings after each; the others have to see every step, and the next
     * one is made when all have. Gives the number of rounds until a ring was missed.
     */
    private static int roundsUntilMissed(Bell bell, int waiters, Duration patience)
            throws Exception {
        AtomicLong step = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= ROUNDS; round++) {
                long wanted = round;
                List<Future<Boolean>> seen = new ArrayList<>();
                for (int i = 0; i < waiters; i++) {
                    seen.add(threads.submit(() -> sees(bell, step, wanted, patience)));
                }
                step.set(wanted);
                bell.ring();
                for (Future<Boolean> one : seen) {
                    if (!one.get()) {
                        return round;
                    }
                }
            }
        }
        return ROUNDS + 1;
    }

    private static boolean sees(Bell bell, AtomicLong step, long wanted, Duration patience)
            throws Exception {
        while (true) {
            long mark = bell.rings();
            if (step.get() >= wanted) {
                return true;
            }
            if (!bell.awaitAfter(mark, patience)) {
                return false;
            }
        }
    }

    @Test
    void noRingIsMissed() throws Exception {
        assertThat(roundsUntilMissed(real(), WAITERS, PATIENCE)).isEqualTo(ROUNDS + 1);
    }

    @Test
    void twinMissesARing() throws Exception {
        assertThat(roundsUntilMissed(new Twin(), WAITERS, SHORT_PATIENCE))
                .isLessThanOrEqualTo(ROUNDS);
    }

    @Test
    void waitEndsWithItsPatience() throws Exception {
        ChangeBell bell = new ChangeBell();

        assertThat(bell.awaitAfter(bell.rings(), Duration.ofMillis(1))).isFalse();
        assertThat(bell.awaitAfter(bell.rings(), Duration.ZERO)).isFalse();
        bell.ring();
        assertThat(bell.awaitAfter(0, Duration.ZERO)).isTrue();
        assertThat(bell.awaitAfter(0, PATIENCE)).isTrue();
    }
}
