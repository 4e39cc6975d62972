package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.regression.Regression;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Scenarios in which nothing may grow: nobody writes, or the same is done again and again. */
class IdleScenariosTests {

    private static final int READS = 50_000;
    private static final int CHECKPOINTS = 10_000;
    private static final int REAL_CHECKPOINTS = 500;

    /** An hour of turns of 100 ms. */
    private static final long IDLE_TURNS = 36_000;

    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofMillis(1));

    @TempDir private Path directory;

    @Test
    @Regression(10)
    void scenario10AStormOfReadsOfMissingIdsWritesNothing() {
        SimulatedDisk disk = new SimulatedDisk(10);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            store.save("there", "text");
            awaitPublished(store);
            long calls = disk.control().calls();
            long fingerprint = disk.fingerprint();

            Snapshot snapshot = store.engine().snapshot();
            for (int i = 0; i < READS; i++) {
                EntityKey missing = new EntityKey("default", "missing " + i);
                assertThat(snapshot.latest(missing)).isEmpty();
                assertThat(snapshot.version(missing, 1)).isEmpty();
                assertThat(snapshot.history(missing, HistoryRange.newest(1))).isEmpty();
            }

            assertThat(disk.control().calls()).isEqualTo(calls);
            assertThat(disk.fingerprint()).isEqualTo(fingerprint);
            assertThat(store.engine().status().writer().entityCount()).isEqualTo(1);
        }
    }

    @Test
    @Regression(11)
    void scenario11AnIdleHourGrowsNothing() {
        SimulatedDisk disk = new SimulatedDisk(11);
        HurryingCrew crew = new HurryingCrew();
        try (TextStore store = TextStore.open(disk, OPTIONS, crew)) {
            store.save("there", "text");
            awaitPublished(store);
            long calls = disk.control().calls();
            long fingerprint = disk.fingerprint();
            long until = crew.turns.get() + IDLE_TURNS;

            await().atMost(Duration.ofMinutes(2)).until(() -> crew.turns.get() > until);

            assertThat(disk.control().calls()).isEqualTo(calls);
            assertThat(disk.fingerprint()).isEqualTo(fingerprint);
        }
    }

    private static void awaitPublished(TextStore store) {
        long newest = store.engine().snapshot().sequence();
        await().until(
                        () ->
                                Objects.requireNonNull(store.engine().status().header())
                                                .walSequence()
                                        == newest);
    }

    @Test
    @Regression(12)
    void scenario12ThreadsAndFilesAreConstantOverTenThousandCheckpoints() {
        SimulatedDisk disk = new SimulatedDisk(12);
        try (TextStore store = TextStore.open(disk, OPTIONS)) {
            checkpoint(store, 10);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            int files = disk.openFiles();

            checkpoint(store, CHECKPOINTS);

            assertThat(disk.openFiles()).isEqualTo(files);
            assertThat(disk.list())
                    .containsExactly(StoreFiles.DATA, "entities.idx", StoreFiles.LOCK);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(threads + CHECKPOINTS / 100);
        }
        assertThat(disk.openFiles()).isZero();
        assertThat(disk.heldLocks()).isZero();
    }

    /** Of the system's descriptors and maps only those of the data directory are counted. */
    @Test
    @Regression(12)
    void scenario12DescriptorsAndMapsAreConstantOnRealFiles() throws IOException {
        try (TextStore store = TextStore.open(new OsDisk(directory), OPTIONS)) {
            checkpoint(store, 10);
            long descriptors = descriptors();
            long maps = maps();

            checkpoint(store, REAL_CHECKPOINTS);

            assertThat(descriptors()).isEqualTo(descriptors);
            // The log grows meanwhile, and each growth maps the last window anew.
            assertThat(maps()).isLessThan(maps + REAL_CHECKPOINTS / 10);
        }
        assertThat(descriptors()).isZero();
        assertThat(maps()).isZero();
    }

    private static void checkpoint(TextStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.save("id " + i % 10, "text " + i);
            store.engine().checkpoint();
        }
    }

    private long descriptors() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0;
        }
        try (Stream<Path> descriptors = Files.list(own)) {
            return descriptors.filter(this::isOfStore).count();
        }
    }

    private boolean isOfStore(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException e) {
            // Closed since it was listed.
            return false;
        }
    }

    private long maps() throws IOException {
        Path own = Path.of("/proc/self/maps");
        if (!Files.exists(own)) {
            return 0;
        }
        try (Stream<String> maps = Files.lines(own)) {
            return maps.filter(line -> line.contains(directory.toString())).count();
        }
    }

    /** The platform's threads, which wait for nothing when a queue is empty: time flies. */
    private static final class HurryingCrew implements Crew {

        private final Crew crew = new PlatformCrew();
        private final AtomicLong turns = new AtomicLong();

        @Override
        public Member start(String name, Runnable work) {
            return crew.start(name, work);
        }

        @Override
        public <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience) {
            turns.incrementAndGet();
            return queue.poll();
        }

        @Override
        public <T> T get(CompletableFuture<T> outcome, Duration patience)
                throws InterruptedException, ExecutionException, TimeoutException {
            return crew.get(outcome, patience);
        }

        @Override
        public long nanoTime() {
            return crew.nanoTime();
        }

        @Override
        public Signal signal() {
            return crew.signal();
        }
    }
}
