package io.entitydb.benchmark;

import com.google.errorprone.annotations.FormatMethod;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.Transaction;
import io.entitydb.storage.io.OsDisk;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * W1 (durable commits of one entity version) at 1, 8 and 64 clients beside the append-and-force
 * limit of the same number of bytes, taken in turn in one run, and R1 (point reads). Prints medians
 * over the rounds.
 *
 * <p>Arguments: directory, seconds of a measurement (3), rounds (3).
 */
public final class EngineBenchmark {

    private static final int[] CLIENTS = {1, 8, 64};
    private static final int LOADED = 50_000;

    private final PrintStream out;
    private final long nanos;
    private final int rounds;
    private final AtomicLong entities = new AtomicLong();
    private final LongAdder appended = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();

    private EngineBenchmark(PrintStream out, long seconds, int rounds) {
        this.out = out;
        this.nanos = seconds * 1_000_000_000L;
        this.rounds = rounds;
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "target/benchmark");
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Directories.delete(directory);
        new EngineBenchmark(System.out, seconds, rounds).run(directory);
        Directories.delete(directory);
    }

    private void run(Path directory) throws Exception {
        StorageObserver observer =
                new StorageObserver() {
                    @Override
                    public void appended(long bytes) {
                        appended.add(bytes);
                    }
                };
        try (StorageEngine engine =
                        StorageEngine.over(
                                new OsDisk(directory.resolve("engine")),
                                StorageOptions.defaults(),
                                observer);
                AppendAndForce limit = new AppendAndForce(new OsDisk(directory.resolve("limit")))) {
            engine.open();
            load(engine);
            int bytes = Math.toIntExact(appended.sum() / commits.sum());
            print("loaded %,d entities, %,d bytes of log a commit", entities.get(), bytes);
            measureWrites(engine, limit, bytes);
            measureReads(engine);
        }
    }

    private void load(StorageEngine engine) throws InterruptedException {
        inParallel(
                64,
                (client, workload) -> {
                    while (entities.get() < LOADED) {
                        commit(engine, Workload.key(entities.getAndIncrement()), workload);
                    }
                });
    }

    private void measureWrites(StorageEngine engine, AppendAndForce limit, int bytes)
            throws InterruptedException {
        for (int clients : CLIENTS) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                theirs.add(perSecond(clients, (n, workload) -> limit.commit(new byte[bytes])));
                ours.add(
                        perSecond(
                                clients,
                                (client, workload) -> {
                                    long n =
                                            workload.coin()
                                                    ? entities.getAndIncrement()
                                                    : ownEntity(client, clients, workload);
                                    commit(engine, Workload.key(n), workload);
                                }));
            }
            print(
                    "W1 %2d clients: %,9.0f commits/s; limit %,9.0f; ratio %.2f; rounds %s",
                    clients,
                    median(ours),
                    median(theirs),
                    median(ours) / median(theirs),
                    rounded(ours));
        }
    }

    /** Clients update entities of their own, so that none waits for a conflict. */
    private static long ownEntity(int client, int clients, Workload workload) {
        return (long) workload.below(LOADED / clients) * clients + client;
    }

    private void measureReads(StorageEngine engine) throws InterruptedException {
        for (int clients : new int[] {1, 8}) {
            List<Double> ours = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ours.add(
                        perSecond(
                                clients,
                                (client, workload) -> {
                                    EntityKey key = Workload.key(workload.below(LOADED));
                                    bytesRead.add(
                                            engine.snapshot()
                                                    .latest(key)
                                                    .orElseThrow()
                                                    .content()
                                                    .length());
                                }));
            }
            print(
                    "R1 %2d clients: %,9.0f reads/s; rounds %s",
                    clients, median(ours), rounded(ours));
        }
    }

    private void commit(StorageEngine engine, EntityKey key, Workload workload) {
        Transaction transaction = engine.begin("benchmark");
        transaction.save(key, workload.draft());
        transaction.commit();
        commits.increment();
    }

    @FunctionalInterface
    private interface Step {
        void run(int client, Workload workload);
    }

    private double perSecond(int clients, Step step) throws InterruptedException {
        LongAdder steps = new LongAdder();
        long start = System.nanoTime();
        inParallel(
                clients,
                (client, workload) -> {
                    while (System.nanoTime() - start < nanos) {
                        step.run(client, workload);
                        steps.increment();
                    }
                });
        return steps.sum() * 1e9 / (System.nanoTime() - start);
    }

    private static void inParallel(int clients, Step body) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            body.run(
                                                    client,
                                                    new Workload(System.nanoTime() + client))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String rounded(List<Double> values) {
        return Arrays.toString(values.stream().mapToLong(Math::round).toArray());
    }

    @FormatMethod
    private void print(String format, Object... arguments) {
        out.println(format.formatted(arguments));
    }
}
