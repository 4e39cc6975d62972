package io.entitydb.backup;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.StoreBackups;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;
import io.entitydb.storage.repair.RestorePoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What a backup takes, and takes from those who write meanwhile; and a restore to a transaction in
 * the middle of it, compared version by version with what this program knows that it wrote.
 *
 * <p>Arguments: directory, number of entities to begin with, seconds of each phase.
 */
public final class BackupBenchmark {

    private static final int WRITERS = 4;
    private static final int BATCH = 100;
    private static final int CONTENT_BYTES = 1024;
    private static final double MIB = 1 << 20;

    private final Path directory;
    private final StorageEngine engine;
    private final OsDisk disk;

    /** The transaction of each version that was written. */
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    private BackupBenchmark(Path directory) {
        this.directory = directory;
        disk = new OsDisk(directory.resolve("data"));
        engine = StorageEngine.over(disk, StorageOptions.defaults(), StorageObserver.NONE);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        if (Files.exists(directory)) {
            throw new IllegalArgumentException(directory + " is there already");
        }
        BackupBenchmark benchmark = new BackupBenchmark(directory);
        benchmark.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    private void run(int entities, int seconds) throws Exception {
        engine.open();
        load(entities);
        report("writers alone", phase(() -> pause(seconds)));
        for (long rate : new long[] {64L << 20, Long.MAX_VALUE}) {
            Backups backups = backups(rate);
            String name = rate == Long.MAX_VALUE ? "unthrottled" : "64 MB/s";
            report("beside a full backup, " + name, phase(() -> backUp(backups, true)));
            report("beside an increment, " + name, phase(() -> backUp(backups, false)));
        }
        long middle = engine.snapshot().sequence() - engine.snapshot().sequence() / 5;
        backUp(backups(Long.MAX_VALUE), false);
        compare(middle);
        engine.close();
    }

    private Backups backups(long rate) {
        return new Backups(
                engine,
                disk,
                new OsDisk(directory.resolve("backups")),
                new BackupOptions(rate, 100, 100));
    }

    private void load(int entities) {
        for (int from = 0; from < entities; from += BATCH) {
            Transaction transaction = engine.begin("loader");
            for (int i = from; i < from + BATCH; i++) {
                save(transaction, "loaded-" + i, 1);
            }
            long sequence = transaction.commit();
            for (int i = from; i < from + BATCH; i++) {
                written.put("loaded-" + i + ":1", sequence);
            }
        }
    }

    private static void save(Transaction transaction, String id, long version) {
        transaction.save(
                new EntityKey("default", id),
                EntityDraft.of(Set.of(), Content.of("text/plain", bytes(id, version))));
    }

    /** What a version holds: nothing that compresses, and known without asking anybody. */
    private static byte[] bytes(String id, long version) {
        byte[] bytes = new byte[CONTENT_BYTES];
        new Random(id.hashCode() * 31L + version).nextBytes(bytes);
        return bytes;
    }

    private static String pause(int seconds) {
        try {
            boolean isEnded = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
            return isEnded ? "ended" : "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String backUp(Backups backups, boolean isFull) {
        long start = System.nanoTime();
        StoreBackups.Made made = backups.make(isFull, (activity, done, total) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        double mib = made.backup().bytes() / MIB;
        return String.format(
                Locale.ROOT,
                "%s of %.1f MiB in %.2f s, copied and verified: %.0f MiB/s",
                made.backup().type().label(),
                mib,
                seconds,
                mib / seconds);
    }

    /** Latencies of commits while something is done. */
    private record Phase(String did, List<Long> nanos, double seconds) {}

    private Phase phase(Supplier<String> work) throws InterruptedException {
        ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        Thread[] writers = new Thread[WRITERS];
        AtomicBoolean isOver = new AtomicBoolean();
        long phase = System.nanoTime();
        for (int w = 0; w < WRITERS; w++) {
            String id = "w" + w + "-" + phase;
            writers[w] =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (long version = 1; !isOver.get(); version++) {
                                            latencies.add(write(id, version));
                                        }
                                    });
        }
        String did = work.get();
        double seconds = (System.nanoTime() - phase) / 1e9;
        isOver.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        return new Phase(did, latencies.stream().sorted().toList(), seconds);
    }

    private long write(String id, long version) {
        long start = System.nanoTime();
        Transaction transaction = engine.begin("writer");
        save(transaction, id, version);
        long sequence = transaction.commit();
        long nanos = System.nanoTime() - start;
        written.put(id + ":" + version, sequence);
        return nanos;
    }

    private static void report(String name, Phase phase) {
        List<Long> nanos = phase.nanos();
        System.out.printf(
                Locale.ROOT,
                "%-38s %8.0f commits/s  p50 %6.2f ms  p99 %6.2f ms  max %7.2f ms  %s%n",
                name,
                nanos.size() / phase.seconds(),
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 1),
                phase.did());
    }

    private static double at(List<Long> sorted, double share) {
        int index = (int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share));
        return sorted.get(index) / 1e6;
    }

    private void compare(long point) throws IOException, InterruptedException {
        Path restored = directory.resolve("restored");
        long start = System.nanoTime();
        Restore.Result result =
                new Restore(
                                directory.resolve("backups"),
                                restored,
                                new Restore.Options(null, false))
                        .run(new RestorePoint.Transaction(point), (activity, done, total) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        long versions = 0;
        try (StorageEngine other =
                StorageEngine.over(
                        new OsDisk(restored), StorageOptions.defaults(), StorageObserver.NONE)) {
            other.open();
            LogFollower log = other.follow(0);
            for (Commit commit = log.nextCommit(Duration.ZERO);
                    commit != null;
                    commit = log.nextCommit(Duration.ZERO)) {
                for (Entity entity : commit.changes()) {
                    requireWritten(entity, point);
                    versions++;
                }
            }
            boolean isSame =
                    other.log().newest().digest().equals(digestAt(point))
                            && other.snapshot().sequence() == point;
            long expected = written.values().stream().filter(tx -> tx <= point).count();
            System.out.printf(
                    Locale.ROOT,
                    "restored to tx:%d of %d: %.1f MiB in %.2f s (%.0f MiB/s, verified); %d versions"
                            + " equal, %d expected, digest equal: %b%n",
                    point,
                    engine.snapshot().sequence(),
                    result.restoration().bytes() / MIB,
                    seconds,
                    result.restoration().bytes() / MIB / seconds,
                    versions,
                    expected,
                    isSame);
        }
    }

    private Digest digestAt(long point) {
        return Objects.requireNonNull(engine.log().at(point)).digest();
    }

    private void requireWritten(Entity entity, long point) {
        String version = entity.key().id() + ":" + entity.version().number();
        Long sequence = written.get(version);
        boolean isWritten =
                sequence != null
                        && sequence == entity.version().transaction()
                        && sequence <= point
                        && Arrays.equals(
                                entity.content().bytes(),
                                bytes(entity.key().id(), entity.version().number()));
        if (!isWritten) {
            throw new AssertionError(version + " was not written like that");
        }
    }
}
