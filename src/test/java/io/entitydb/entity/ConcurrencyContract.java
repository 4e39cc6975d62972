package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;
import static io.entitydb.entity.StoreSubject.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many threads at once: nothing is lost, and nobody sees half a transaction. */
public interface ConcurrencyContract extends StoreSubject {

    /** Threads of a test. */
    int THREADS = 16;

    /** Transactions of a thread. */
    int ROUNDS = 20;

    @Test
    default void noIncrementIsLost() {
        repository().create(key("counter"), draft("0"));
        CyclicBarrier everybodyHasRead = new CyclicBarrier(THREADS);

        onThreads(
                _ -> {
                    AtomicBoolean isFirstAttempt = new AtomicBoolean(true);
                    times(
                            ROUNDS,
                            () ->
                                    transactUntilFirst(
                                            () -> {
                                                int read = number(key("counter"));
                                                if (isFirstAttempt.getAndSet(false)) {
                                                    await(everybodyHasRead);
                                                }
                                                repository()
                                                        .save(
                                                                key("counter"),
                                                                draft("" + (read + 1)));
                                            }));
                });

        assertThat(text(committed(key("counter")))).isEqualTo("" + THREADS * ROUNDS);
        assertThat(versions(key("counter")))
                .extracting(StoreSubject::text)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, THREADS * ROUNDS).mapToObj(i -> "" + i).toList());
    }

    @Test
    default void onlyOneThreadCreates() {
        List<Boolean> winners = new ArrayList<>();

        onThreads(
                _ -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        try {
                            repository().create(key("race " + round), draft("mine"));
                            synchronized (winners) {
                                winners.add(true);
                            }
                        } catch (VersionConflictException lost) {
                            assertThat(lost.key()).isEqualTo(key("race " + round));
                        }
                    }
                });

        assertThat(winners).hasSize(ROUNDS);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(versions(key("race " + round))).hasSize(1);
        }
    }

    @Test
    default void moneyIsMovedButNeitherMadeNorLost() {
        int accounts = 8;
        long seed = System.nanoTime();
        System.out.println("moneyIsMovedButNeitherMadeNorLost: seed " + seed);
        for (int i = 0; i < accounts; i++) {
            repository().create(key("account " + i), draft("100"));
        }
        AtomicBoolean isOver = new AtomicBoolean();

        try (ExecutorService auditor = Executors.newSingleThreadExecutor()) {
            Future<Integer> audits =
                    auditor.submit(
                            () -> {
                                int count = 0;
                                do {
                                    assertThat(total(accounts)).isEqualTo(100 * accounts);
                                    count++;
                                } while (!isOver.get());
                                return count;
                            });
            try {
                onThreads(
                        thread -> {
                            Random random = new Random(seed + thread);
                            times(ROUNDS, () -> moveSomething(random, accounts));
                        });
            } finally {
                isOver.set(true);
            }
            assertThat(get(audits)).isPositive();
        }

        assertThat(total(accounts)).isEqualTo(100 * accounts);
    }

    private void moveSomething(Random random, int accounts) {
        int from = random.nextInt(accounts);
        int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
        int amount = random.nextInt(10);
        transactUntilFirst(
                () -> {
                    add(key("account " + from), -amount);
                    add(key("account " + to), amount);
                });
    }

    private int total(int accounts) {
        return store().fromTransaction(
                        () ->
                                IntStream.range(0, accounts)
                                        .map(i -> number(key("account " + i)))
                                        .sum());
    }

    private void add(EntityKey key, int amount) {
        repository().save(key, draft("" + (number(key) + amount)));
    }

    private int number(EntityKey key) {
        return Integer.parseInt(text(committed(key)));
    }

    /** Repeats a transaction until it is the first to commit. */
    private void transactUntilFirst(Runnable work) {
        boolean isFirst = false;
        while (!isFirst) {
            try {
                store().inTransaction(work);
                isFirst = true;
            } catch (VersionConflictException another) {
                Thread.onSpinWait();
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("not all threads came", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void times(int count, Runnable work) {
        for (int i = 0; i < count; i++) {
            work.run();
        }
    }

    private static void onThreads(IntConsumer work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running =
                    IntStream.range(0, THREADS)
                            .mapToObj(thread -> threads.submit(() -> work.accept(thread)))
                            .toList();
            running.forEach(ConcurrencyContract::get);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
