package io.entitydb.benchmark;

import com.google.errorprone.annotations.FormatMethod;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Retention;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store of many entities in a small heap: how long it takes to load it, to write a checkpoint, to
 * open it after it was closed, after it was killed with a long tail, and without its index, and to
 * compact it; and whether every entity is there. Each phase is a process of its own, with a heap of
 * 512 MB.
 *
 * <p>Arguments: directory, number of entities (10 million).
 */
public final class ScaleBenchmark {

    private static final int ENTITIES_A_COMMIT = 100;
    private static final int CLIENTS = 8;
    private static final int READS = 200_000;
    private static final long TAIL_BYTES = 1L << 30;
    private static final long MEBIBYTE = 1L << 20;

    /** The last thing that a process does which must not close its store. */
    private static final int KILLED = 137;

    private final OsDisk disk;
    private final long entities;
    private final StorageOptions options;

    private enum Phase {
        LOAD,
        REOPEN,
        TAIL,
        RECOVER,
        REBUILD,
        COMPACT
    }

    private ScaleBenchmark(Path directory, long entities, StorageOptions options) {
        disk = new OsDisk(directory);
        this.entities = entities;
        this.options = options;
    }

    /** Runs all phases; with a third argument, the phase of that name in this process. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "target/scale");
        long entities = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
        if (arguments.length > 2) {
            runHere(Phase.valueOf(arguments[2]), directory, entities);
            return;
        }
        Directories.delete(directory);
        for (Phase phase : Phase.values()) {
            if (phase == Phase.REBUILD) {
                Files.delete(directory.resolve("entities.idx"));
            }
            run(phase, directory, entities);
        }
        Directories.delete(directory);
    }

    private static void run(Phase phase, Path directory, long entities) throws Exception {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        // Java's own limit is that of the heap; a compaction has two entity
                        // indexes.
                        "-XX:MaxDirectMemorySize=" + (phase == Phase.COMPACT ? "1g" : "512m"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ScaleBenchmark.class.getName(),
                        directory.toString(),
                        Long.toString(entities),
                        phase.name());
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != (phase == Phase.TAIL ? KILLED : 0)) {
            throw new IllegalStateException(phase + " ended with status " + status);
        }
    }

    private static void runHere(Phase phase, Path directory, long entities) throws Exception {
        StorageOptions defaults = StorageOptions.defaults();
        StorageOptions options =
                phase == Phase.TAIL
                        ? defaults.toBuilder().checkpointBytes(Long.MAX_VALUE / 2).build()
                        : defaults;
        ScaleBenchmark benchmark = new ScaleBenchmark(directory, entities, options);
        switch (phase) {
            case LOAD -> benchmark.load();
            case REOPEN, RECOVER, REBUILD -> benchmark.open(phase);
            case TAIL -> benchmark.leaveTail();
            case COMPACT -> benchmark.compact();
        }
    }

    private static EntityKey key(long n) {
        return EntityDbStore.key(Workload.id(n));
    }

    private StorageEngine engine() {
        return StorageEngine.over(disk, options, StorageObserver.NONE);
    }

    private void load() throws Exception {
        StorageEngine engine = engine();
        engine.open();
        long start = System.nanoTime();
        AtomicLong next = new AtomicLong();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> load(engine, next)));
        }
        for (Thread client : clients) {
            client.join();
        }
        double loading = secondsSince(start);
        print(
                "load: %,d entities in %.1f s, %,.0f entities/s; file %,d MiB",
                entities, loading, entities / loading, dataBytes(engine) / MEBIBYTE);
        start = System.nanoTime();
        engine.checkpoint();
        print("checkpoint: %.2f s", secondsSince(start));
        start = System.nanoTime();
        engine.close();
        print("close: %.2f s; %s", secondsSince(start), memory());
    }

    private void load(StorageEngine engine, AtomicLong next) {
        Workload workload = new Workload(System.nanoTime());
        long from = next.getAndAdd(ENTITIES_A_COMMIT);
        while (from < entities) {
            save(engine, from, Math.min(entities, from + ENTITIES_A_COMMIT), workload);
            from = next.getAndAdd(ENTITIES_A_COMMIT);
        }
    }

    private static void save(StorageEngine engine, long from, long to, Workload workload) {
        Transaction transaction = engine.begin("benchmark");
        for (long n = from; n < to; n++) {
            transaction.save(key(n), EntityDbStore.draft(workload.write(Workload.id(n))));
        }
        transaction.commit();
    }

    private void open(Phase phase) throws IOException {
        StorageEngine engine = engine();
        long start = System.nanoTime();
        engine.open();
        double opening = secondsSince(start);
        RecoveryReport report = Objects.requireNonNull(engine.status().recovery());
        print(
                "%s: open %.0f ms, %s, replayed %,d MiB at %,.0f MiB/s; index rebuilt %b",
                phase.name().toLowerCase(Locale.ROOT),
                opening * 1e3,
                report.outcome(),
                report.replayedBytes() / MEBIBYTE,
                report.replayedBytes() / (double) MEBIBYTE / opening,
                report.isIndexRebuilt());
        long found = engine.status().writer().entityCount();
        if (found != entities) {
            throw new IllegalStateException("%,d of %,d entities".formatted(found, entities));
        }
        read(engine);
        engine.close();
    }

    private void read(StorageEngine engine) throws IOException {
        Workload workload = new Workload(1);
        long start = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            EntityKey key = key(workload.below((int) entities));
            int length = (int) engine.snapshot().latest(key).orElseThrow().content().length();
            if (length != Workload.CONTENT_BYTES) {
                throw new IllegalStateException(key + " has " + length + " bytes of content");
            }
        }
        print("read: %,.0f reads/s of random entities; %s", READS / secondsSince(start), memory());
    }

    /** Writes over existing entities until the tail is long enough, and dies. */
    private void leaveTail() {
        StorageEngine engine = engine();
        engine.open();
        engine.checkpoint();
        Workload workload = new Workload(2);
        while (engine.status().tailBytes() < TAIL_BYTES) {
            long from = workload.below((int) entities - ENTITIES_A_COMMIT);
            save(engine, from, from + ENTITIES_A_COMMIT, workload);
        }
        print("tail: %,d MiB behind the checkpoint", engine.status().tailBytes() / MEBIBYTE);
        Runtime.getRuntime().halt(KILLED);
    }

    /** Keeps the newest versions only, while one client goes on writing. */
    private void compact() throws Exception {
        StorageEngine engine = engine();
        engine.open();
        AtomicBoolean isEnding = new AtomicBoolean();
        AtomicLong longest = new AtomicLong();
        AtomicLong commits = new AtomicLong();
        // A failure ends the process, not only this thread.
        Thread client =
                Thread.ofPlatform().daemon().start(() -> goOn(engine, isEnding, commits, longest));
        Retention newest =
                new Retention(Map.of(EntityDbStore.DATASET, new Retention.Rule(1, null)));
        long start = System.nanoTime();
        CompactionReport report = engine.compact(newest, (activity, done, total) -> {});
        double taken = secondsSince(start);
        isEnding.set(true);
        client.join();
        print(
                "compaction: %,d MiB to %,d MiB in %.1f s, %,d versions retired; writers waited"
                        + " %,d ms, the longest commit of %,d took %,d ms; %s",
                report.oldBytes() / MEBIBYTE,
                report.newBytes() / MEBIBYTE,
                taken,
                report.retiredVersions(),
                report.pause().toMillis(),
                commits.get(),
                longest.get() / 1_000_000,
                memory());
        engine.close();
    }

    private static void goOn(
            StorageEngine engine, AtomicBoolean isEnding, AtomicLong commits, AtomicLong longest) {
        Workload workload = new Workload(3);
        while (!isEnding.get()) {
            long from = System.nanoTime();
            boolean isDone = false;
            while (!isDone) {
                try {
                    save(engine, 0, 1, workload);
                    isDone = true;
                } catch (VersionConflictException e) {
                    // Begun before the file was replaced: once more, as every caller does.
                }
            }
            commits.incrementAndGet();
            longest.accumulateAndGet(System.nanoTime() - from, Math::max);
        }
    }

    private static long dataBytes(StorageEngine engine) {
        return Objects.requireNonNull(engine.status().header()).fileSize();
    }

    /**
     * Heap in use, and the most memory that the process had; the latter holds mapped file pages.
     */
    private static String memory() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long used = runtime.totalMemory() - runtime.freeMemory();
        Path status = Path.of("/proc/self/status");
        String anonymous =
                Files.exists(status)
                        ? Files.readAllLines(status).stream()
                                .filter(line -> line.startsWith("RssAnon"))
                                .map(line -> line.replaceAll("\\s+", " "))
                                .findFirst()
                                .orElse("")
                        : "";
        return "heap %,d MiB of %,d; %s"
                .formatted(used / MEBIBYTE, runtime.maxMemory() / MEBIBYTE, anonymous);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @FormatMethod
    private static void print(String format, Object... arguments) {
        System.out.println(format.formatted(arguments));
    }
}
