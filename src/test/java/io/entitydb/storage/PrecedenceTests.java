package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
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
        engine =
                StorageEngine.over(
                        new OsDisk(directory), StorageOptions.defaults(), StorageObserver.NONE);
        engine.open();
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
                    may.acquireUninterruptibly();
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
                    may.acquireUninterruptibly();
                });
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> commit(1));
        asked.await();
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> commit(2));
        while (engine.status().writer().queued() < 1) {
            Thread.onSpinWait();
        }

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
}
