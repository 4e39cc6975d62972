package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Commits give way before a batch, and nothing else does. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PrecedenceTests {

    @TempDir private Path directory;
    private StorageEngine engine;

    @BeforeEach
    void open() {
        open(StorageOptions.defaults());
    }

    private void open(StorageOptions options) {
        engine = StorageEngine.over(new OsDisk(directory), options, StorageObserver.NONE);
        engine.open();
    }

    /** Ends even if nobody releases it. */
    private static void acquire(Semaphore may) {
        try {
            assertThat(may.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static EntityKey key(int number) {
        return new EntityKey("default", "e" + number);
    }

    private long commit(int number) {
        Transaction transaction = engine.begin("tester");
        transaction.save(key(number), EntityDraft.of(Set.of(), Content.EMPTY));
        return transaction.commit();
    }

    @Test
    void aBatchBeginsWhenItMayAndReadsGoOnMeanwhile() throws Exception {
        commit(1);
        CountDownLatch asked = new CountDownLatch(1);
        Semaphore may = new Semaphore(0);
        engine.giveWayTo(
                () -> {
                    asked.countDown();
                    acquire(may);
                });

        CompletableFuture<Long> commit = CompletableFuture.supplyAsync(() -> commit(2));
        asked.await();

        assertThat(engine.snapshot().latest(key(1))).isPresent();
        assertThat(engine.snapshot().latest(key(2))).isEmpty();
        assertThat(commit).isNotDone();
        may.release();
        assertThat(commit.get()).isEqualTo(2);
    }

    @Test
    void whatComesMeanwhileIsOneBatch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Semaphore may = new Semaphore(0);
        AtomicInteger times = new AtomicInteger();
        engine.giveWayTo(
                () -> {
                    times.incrementAndGet();
                    asked.countDown();
                    acquire(may);
                });
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> commit(1));
        asked.await();
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> commit(2));
        await().until(() -> engine.status().writer().queued() >= 1);

        may.release();

        assertThat(first.get() + second.get()).isEqualTo(3);
        assertThat(times).hasValue(1);
    }

    @Test
    void otherWorkOfTheWriterDoesNotWait() {
        engine.giveWayTo(
                () -> {
                    throw new AssertionError("asked");
                });

        engine.checkpoint();
    }

    @Test
    void whatIsGivenWayToCanBeReplaced() {
        engine.giveWayTo(
                () -> {
                    throw new AssertionError("replaced");
                });
        engine.giveWayTo(Precedence.NONE);

        assertThat(commit(1)).isEqualTo(1);
    }

    /** A query could not be served before the force, which would come after the wait for it. */
    @Test
    void nothingIsGivenWayToWhileAForceIsOwed() {
        engine.close();
        open(
                StorageOptions.defaults().toBuilder()
                        .durability(new Durability.Interval(Duration.ofHours(1)))
                        .build());
        AtomicInteger times = new AtomicInteger();
        engine.giveWayTo(times::incrementAndGet);

        commit(1);
        commit(2);
        commit(3);

        assertThat(times).hasValue(1);
    }

    @Test
    void aFailureIsToldToWhoeverWaits() {
        engine.giveWayTo(
                () -> {
                    throw new IllegalStateException("planned");
                });

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> commit(1));
    }
}
