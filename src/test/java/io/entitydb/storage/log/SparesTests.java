package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Nobody else has what was taken. */
class SparesTests {

    private static final int THREADS = 64;
    private static final int ROUNDS = 500;

    private final AtomicInteger made = new AtomicInteger();

    private AtomicInteger make() {
        made.incrementAndGet();
        return new AtomicInteger();
    }

    /** Counts how often something was had by two. */
    @SuppressWarnings("ThreadPriorityCheck") // So that others run while a thread has something.
    private static int shared(Supplier<AtomicInteger> take, Consumer<AtomicInteger> give)
            throws InterruptedException {
        AtomicInteger shared = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (int round = 0; round < ROUNDS; round++) {
                                    AtomicInteger mine = take.get();
                                    if (mine.incrementAndGet() != 1) {
                                        shared.incrementAndGet();
                                    }
                                    Thread.yield();
                                    mine.decrementAndGet();
                                    give.accept(mine);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return shared.get();
    }

    @Test
    void nothingIsHadByTwo() throws InterruptedException {
        Spares<AtomicInteger> spares = new Spares<>(this::make);

        assertThat(shared(spares::take, spares::give)).isZero();
        assertThat(made.get()).isLessThan(THREADS * ROUNDS);
    }

    @Test
    void oneThatIsLentTwiceIsNoticed() throws InterruptedException {
        AtomicInteger only = new AtomicInteger();

        assertThat(shared(() -> only, spare -> {})).isPositive();
    }

    @Test
    void whatWasGivenBackIsLentAgain() {
        Spares<AtomicInteger> spares = new Spares<>(this::make);

        AtomicInteger one = spares.take();
        AtomicInteger other = spares.take();
        assertThat(other).isNotSameAs(one);
        spares.give(one);

        assertThat(spares.take()).isSameAs(one);
        assertThat(made.get()).isEqualTo(2);
    }
}
