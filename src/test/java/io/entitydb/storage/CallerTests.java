package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** What threads that commit meet: a full queue, no patience, interrupts, closing. */
class CallerTests {

    private static final long INTERRUPTS = ReliabilityGoal.INTERRUPTS.count();

    private final GatedDisk gated = new GatedDisk(new SimulatedDisk(5));
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @TempDir private Path directory;

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    @Test
    void fullQueueRefusesAtOnce() throws Exception {
        try (TextStore store = TextStore.open(gated.disk(), options(1, Duration.ofSeconds(30)))) {
            GatedDisk.Gate gate = gated.holdNextWrite();
            Future<Long> inBatch = callers.submit(() -> store.save("a", "in the batch"));
            gate.awaitReached();
            Future<Long> inQueue = callers.submit(() -> store.save("b", "in the queue"));
            await().until(() -> store.engine().status().writer().queued() == 1);

            assertThatThrownBy(() -> store.save("c", "too many"))
                    .isInstanceOf(StorageBusyException.class);

            gate.open();
            assertThat(inBatch.get()).isEqualTo(1);
            assertThat(inQueue.get()).isEqualTo(2);
            assertThat(store.text("c")).isNull();
            assertThat(store.save("c", "again")).isEqualTo(3);
        }
    }

    @Test
    void commitThatIsNotWaitedForHasAnUnknownOutcomeAndGoesOn() {
        try (TextStore store = TextStore.open(gated.disk(), options(16, Duration.ofMillis(20)))) {
            GatedDisk.Gate gate = gated.holdNextWrite();

            assertThatThrownBy(() -> store.save("a", "slow"))
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(store.text("a")).isNull();

            gate.open();
            await().until(() -> "slow".equals(store.text("a")));
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
        }
    }

    @Test
    void closingDoesNotWaitForTheIdleTime() {
        TextStore store = TextStore.open(gated.disk(), SmallStore.options(Duration.ofHours(1)));
        store.save("a", "text");
        Future<?> closing = callers.submit(store::close);

        await().atMost(Duration.ofSeconds(30)).until(closing::isDone);
    }

    @Test
    void interruptsOfCallersNeverCloseTheStore() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        AtomicBoolean isOver = new AtomicBoolean();
        long start = System.nanoTime();
        int interrupts = 0;
        try (TextStore store = TextStore.open(new OsDisk(directory), StorageOptions.defaults())) {
            List<Thread> threads = new ArrayList<>();
            List<FutureTask<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String id = "k" + i;
                FutureTask<Boolean> task = task(() -> saveUntil(isOver, store, id, acknowledged));
                tasks.add(task);
                threads.add(Thread.ofPlatform().start(task));
            }
            while (interrupts < INTERRUPTS) {
                threads.get(random.nextInt(threads.size())).interrupt();
                interrupts++;
                store.save("own", "between two interrupts " + interrupts);
            }
            isOver.set(true);
            for (FutureTask<Boolean> task : tasks) {
                task.get();
            }

            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            assertThat(acknowledged).hasSize(4);
            acknowledged.forEach((id, text) -> assertThat(store.text(id)).isEqualTo(text));
        }
        ReliabilityReport.reached(ReliabilityGoal.INTERRUPTS, seed, interrupts, start);
    }

    private static FutureTask<Boolean> task(Runnable work) {
        return new FutureTask<>(
                () -> {
                    work.run();
                    return true;
                });
    }

    /** An interrupt is no reason for a commit or a read to fail, and the flag outlives both. */
    private static void saveUntil(
            AtomicBoolean isOver, TextStore store, String id, Map<String, String> acknowledged) {
        for (int i = 0; !isOver.get(); i++) {
            String text = id + " " + i;
            store.save(id, text);
            acknowledged.put(id, text);
            assertThat(store.text(id)).isEqualTo(text);
            if (i % 50 == 0) {
                Thread.interrupted();
            }
        }
    }

    private static StorageOptions options(int queueCapacity, Duration commitTimeout) {
        return StorageOptions.defaults().toBuilder()
                .growthBytes(SmallStore.GROWTH_BYTES)
                .checkpointBytes(1L << 40)
                .queueCapacity(queueCapacity)
                .batchBytes(1 << 20)
                .commitTimeout(commitTimeout)
                .idlePublish(Duration.ofMillis(5))
                .build();
    }
}
