package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedClock;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A disk that answers late or not at all, snapshots that are held long, a writer that is hit. */
class SlowDiskTests {

    private static final int WRITER_INTERRUPTS = 20;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final GatedDisk gated = new GatedDisk(new SimulatedDisk(31));
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @TempDir private Path directory;

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    @Test
    void hungDiskHoldsUpNoReaderAndFillsNoMoreThanTheQueue() throws Exception {
        StorageOptions options =
                SmallStore.options(Duration.ofHours(1)).toBuilder()
                        .queueCapacity(3)
                        .commitTimeout(Duration.ofMillis(50))
                        .build();
        try (TextStore store = TextStore.open(gated.disk(), options)) {
            store.save("a", "before");
            GatedDisk.Gate gate = gated.holdNextWrite();
            Future<?> hung = callers.submit(() -> saveGivenUp(store, "b", "hung"));
            try {
                gate.awaitReached();
                for (int i = 0; i < 3; i++) {
                    saveGivenUp(store, "c" + i, "given up");
                }
                assertThatThrownBy(() -> store.save("d", "one too many"))
                        .isInstanceOf(StorageBusyException.class);

                assertThat(store.text("a")).isEqualTo("before");
                assertThat(store.text("b")).isNull();
                assertThat(store.engine().status().writer().oldestPendingNanos()).isPositive();
            } finally {
                gate.open();
            }
            hung.get();
            await().until(() -> store.engine().snapshot().sequence() == 5);
            assertThat(store.text("b")).isEqualTo("hung");
            assertThat(store.text("c2")).isEqualTo("given up");
            assertThat(store.text("d")).isNull();
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
        }
    }

    private static void saveGivenUp(TextStore store, String id, String text) {
        assertThatThrownBy(() -> store.save(id, text)).isInstanceOf(OutcomeUnknownException.class);
    }

    /** Nothing holds a snapshot up, and it holds up nothing. */
    @Test
    void snapshotThatIsHeldForHoursAnswersTheSame() {
        SimulatedClock clock = new SimulatedClock();
        SimulatedDisk disk = new SimulatedDisk(32, clock);
        EntityKey key = TextStore.key("a");
        try (TextStore store = TextStore.open(disk, SmallStore.options(Duration.ofMillis(1)))) {
            for (int i = 0; i < 20; i++) {
                store.save("a", "text " + i);
            }
            Snapshot held = store.engine().snapshot();
            Entity newest = held.latest(key).orElseThrow();
            List<Entity> history = held.history(key, HistoryRange.newest(100));

            for (int hour = 0; hour < 10; hour++) {
                clock.advance(HOUR_NANOS);
                for (int i = 0; i < 100; i++) {
                    store.save("a", "hour " + hour + " text " + i);
                    store.save("other " + hour + "-" + i, "text");
                }
                store.engine().checkpoint();

                assertThat(held.latest(key)).contains(newest);
                assertThat(held.history(key, HistoryRange.newest(100))).isEqualTo(history);
                assertThat(held.latest(TextStore.key("other 0-0"))).isEmpty();
                assertThat(held.version(key, 21)).isEmpty();
            }
        }
    }

    /** An interrupt closes the writer's channel; the store is opened again in the process. */
    @Test
    void interruptsOfTheWriterLoseNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StorageOptions options =
                SmallStore.options(Duration.ofMillis(1)).toBuilder()
                        .reopenings(10 * WRITER_INTERRUPTS)
                        .reopenDelay(Duration.ofMillis(1))
                        .build();
        int saved = 0;
        try (TextStore store = TextStore.open(new OsDisk(directory), options)) {
            for (int i = 0; i < WRITER_INTERRUPTS; i++) {
                int quiet = random.nextInt(20);
                for (int j = 0; j < quiet; j++) {
                    store.save("id " + saved, "text " + saved);
                    saved++;
                }
                interruptWriters();
                await().until(() -> isWritten(store));
            }
            requireAll(store, saved, seed);
        }
        try (TextStore store = TextStore.open(new OsDisk(directory), options)) {
            requireAll(store, saved, seed);
        }
    }

    private static void interruptWriters() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("entitydb-writer"))
                .forEach(Thread::interrupt);
    }

    private static boolean isWritten(TextStore store) {
        try {
            store.save("probe", "text");
            return true;
        } catch (io.entitydb.storage.error.StorageException e) {
            return false;
        }
    }

    private static void requireAll(TextStore store, int saved, long seed) {
        for (int i = 0; i < saved; i++) {
            assertThat(store.text("id " + i)).as("seed %d", seed).isEqualTo("text " + i);
        }
    }
}
