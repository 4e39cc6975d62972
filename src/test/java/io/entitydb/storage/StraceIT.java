package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kills a process at its n-th call to the system, for each n, or lets that call fail, and looks for
 * what it had acknowledged.
 *
 * <p>The calls are those that change the disk: of a creation, of an opening that has something to
 * recover, of the thread that writes checkpoints, and of the one that writes the log.
 */
class StraceIT {

    private static final String WRITER = "entitydb-writer";
    private static final String CHECKPOINT = "entitydb-checkpoint";
    private static final int CALLS_OF_CHECKPOINTS = 24;
    private static final int MOST_CALLS_OF_AN_OPENING = 200;

    /** Past this, a process would run for many seconds before its call comes. */
    private static final int MOST_CALLS = 1_000;

    private static final int ERRORS_OF_A_KIND = ReliabilityGoal.level().equals("pr") ? 6 : 200;

    private final long seed = new Random().nextLong();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final AtomicInteger directories = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();

    @TempDir private Path parent;

    @BeforeEach
    void requireStrace() throws IOException, InterruptedException {
        boolean isUsable = Strace.isUsable();
        if (!isUsable) {
            ReliabilityReport.noted(
                    "kills-at-calls-skipped-without-strace",
                    ReliabilityGoal.KILLS_AT_CALLS.count());
        }
        assumeTrue(isUsable, "strace is missing or not permitted");
    }

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
    }

    private interface Case {
        int run() throws IOException, InterruptedException;
    }

    @Test
    void acknowledgedChangesSurviveAKillAtEachCall() throws Exception {
        long start = System.nanoTime();
        Future<Integer> creating = workers.submit(this::killCreations);
        Future<Integer> opening = workers.submit(this::killOpenings);
        int created = creating.get();
        int opened = opening.get();
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CALLS_OF_CHECKPOINTS; i++) {
            String call = List.of("pwrite64", "fdatasync", "rename", "fsync").get(i % 4);
            int n = i / 4 + 1;
            cases.add(() -> killAt(CHECKPOINT, call, n));
        }
        int others = created + opened + cases.size();
        for (int i = 0; i < ReliabilityGoal.KILLS_AT_CALLS.count() - others; i++) {
            String call = i % 2 == 0 ? "pwrite64" : "fdatasync";
            int n = i / 2 % MOST_CALLS + 1;
            cases.add(() -> killAt(WRITER, call, n));
        }
        int kills = created + opened + sum(cases);

        System.out.printf(
                "kills at calls: %d of a creation, %d of an opening, %d of checkpoints, %d of the"
                        + " writer; %,d acknowledged changes, lost 0%n",
                created, opened, CALLS_OF_CHECKPOINTS, kills - others, acknowledged.get());
        ReliabilityReport.reached(ReliabilityGoal.KILLS_AT_CALLS, seed, kills, start);
    }

    /** Each call of a creation; returns how many there are. */
    private int killCreations() throws IOException, InterruptedException {
        return killCallsOfOpening(newOracle());
    }

    /** Each call of an opening after a kill; returns how many there are. */
    private int killOpenings() throws IOException, InterruptedException {
        KillOracle killed = newOracle();
        try (KillProcess child = start(killed, KillChild.Mode.WRITE)) {
            killed.read(child, 60);
            child.kill();
            killed.readRest(child);
        }
        return killCallsOfOpening(killed);
    }

    private int killCallsOfOpening(KillOracle before) throws IOException, InterruptedException {
        int kills = 0;
        for (String call : Strace.CALLS) {
            int n = 1;
            while (isKilledWhileOpening(before.copy(newDirectory()), call, n)) {
                n++;
                assertThat(n).isLessThan(MOST_CALLS_OF_AN_OPENING);
            }
            kills += n - 1;
        }
        assertThat(kills).as("calls of an opening").isGreaterThan(5);
        return kills;
    }

    /** False if the opening has fewer calls. */
    private boolean isKilledWhileOpening(KillOracle oracle, String call, int n)
            throws IOException, InterruptedException {
        boolean isKilled;
        try (KillProcess child =
                KillProcess.start(
                        Strace.launching(call, Strace.kill(call, n)),
                        oracle.directory(),
                        seed + n,
                        KillChild.Mode.OPEN)) {
            String line = child.line();
            isKilled = line == null;
            if (isKilled) {
                assertThat(child.exitCode()).isEqualTo(KillProcess.KILLED);
            } else {
                assertThat(line).isEqualTo(KillChild.READY);
                child.kill();
            }
        }
        oracle.verify();
        return isKilled;
    }

    private int killAt(String thread, String call, int n) throws IOException, InterruptedException {
        KillOracle oracle = newOracle();
        try (KillProcess child = start(oracle, KillChild.Mode.WRITE_WHEN_TOLD)) {
            child.awaitReady();
            Strace.attach(child.thread(thread), call, Strace.kill(call, n));
            child.go();
            oracle.readRest(child);
            assertThat(child.exitCode())
                    .as("killed at %s %d", call, n)
                    .isEqualTo(KillProcess.KILLED);
        }
        assertThat(oracle.failures()).isZero();
        oracle.verify();
        acknowledged.addAndGet(oracle.acknowledged());
        return 1;
    }

    @Test
    void callThatFailsIsCuredInTheProcess() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (String call : List.of("pwrite64", "fdatasync")) {
            for (String error : List.of("EIO", "ENOSPC")) {
                for (int n = 1; n <= ERRORS_OF_A_KIND; n++) {
                    int number = n;
                    cases.add(() -> fail(call, error, number));
                }
            }
        }
        int failures = sum(cases);

        assertThat(failures).isPositive();
        ReliabilityReport.noted("calls-failed-by-the-system-and-cured", cases.size());
    }

    /** Returns how many commits the callers saw fail. */
    private int fail(String call, String error, int n) throws IOException, InterruptedException {
        KillOracle oracle = newOracle();
        long failures;
        try (KillProcess child = start(oracle, KillChild.Mode.WRITE_WHEN_TOLD)) {
            child.awaitReady();
            Strace.attach(child.thread(WRITER), call, Strace.error(call, error, n));
            child.go();
            oracle.read(child, 100);
            child.kill();
            oracle.readRest(child);
            failures = oracle.failures();
        }
        oracle.verify();
        return Math.toIntExact(failures);
    }

    private int sum(List<Case> cases) throws InterruptedException {
        int sum = 0;
        List<Future<Integer>> running = new ArrayList<>();
        cases.forEach(each -> running.add(workers.submit(each::run)));
        for (Future<Integer> each : running) {
            try {
                sum += each.get();
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed, e.getCause());
            }
        }
        return sum;
    }

    private KillOracle newOracle() {
        return new KillOracle(newDirectory(), seed);
    }

    private Path newDirectory() {
        return parent.resolve("data" + directories.incrementAndGet());
    }

    private KillProcess start(KillOracle oracle, KillChild.Mode mode) throws IOException {
        return KillProcess.start(oracle.directory(), seed + directories.get(), mode);
    }
}
