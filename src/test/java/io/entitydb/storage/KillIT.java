package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageLockedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;

/** Ends a process that writes, again and again, and looks for what it had acknowledged. */
class KillIT {

    private static final long CYCLES = ReliabilityGoal.KILLS.count();
    private static final int LEAST_ACKS = 50;
    private static final long MOST_ATTEMPTS = 2 * CYCLES;
    private static final int CYCLES_PER_DIRECTORY = 10;
    private static final int TERMINATIONS = 5;

    private final long seed = new Random().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private int directories;

    @TempDir private Path parent;

    @Test
    void acknowledgedChangesSurviveSigkill() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int cycles = 0;
        int attempts = 0;
        long acknowledged = 0;
        long recovered = 0;
        KillOracle oracle = newOracle();
        while (cycles < CYCLES && attempts < MOST_ATTEMPTS) {
            attempts++;
            cycles += writeAndKill(oracle) >= LEAST_ACKS ? 1 : 0;
            oracle.verify();
            if (attempts % 3 == 0) {
                killWhileOpening(oracle);
                oracle.verify();
            }
            if (attempts % CYCLES_PER_DIRECTORY == 0 || cycles == CYCLES) {
                acknowledged += oracle.acknowledged();
                recovered += oracle.recovered();
                oracle = newOracle();
            }
        }

        System.out.printf(
                "kill -9: %d cycles of %d, %,d acknowledged changes, lost 0, opened after a crash"
                        + " %d times, seed %d%n",
                cycles, attempts, acknowledged, recovered, seed);
        assertThat(recovered).isPositive();
        ReliabilityReport.reached(ReliabilityGoal.KILLS, seed, cycles, start);
        ReliabilityReport.noted("changes-acknowledged-before-kill-and-found", acknowledged);
    }

    /** Returns how many acknowledgements arrived. */
    private long writeAndKill(KillOracle oracle) throws IOException, InterruptedException {
        long before = oracle.acknowledged();
        try (KillProcess child = start(oracle)) {
            child.awaitReady();
            oracle.read(child, LEAST_ACKS + random.nextInt(150));
            waitBusily(random.nextInt(3_000_000));
            child.kill();
            oracle.readRest(child);
        }
        return oracle.acknowledged() - before;
    }

    private void killWhileOpening(KillOracle oracle) throws IOException, InterruptedException {
        try (KillProcess child = start(oracle)) {
            child.isAliveFor(150 + random.nextInt(300));
            child.kill();
            oracle.readRest(child);
        }
    }

    @Test
    void sigtermFinishesWhatWaitsAndClosesProperly() throws IOException, InterruptedException {
        KillOracle oracle = newOracle();
        for (int i = 0; i < TERMINATIONS; i++) {
            try (KillProcess child = start(oracle)) {
                child.awaitReady();
                oracle.read(child, LEAST_ACKS + random.nextInt(100));
                child.signal("TERM");
                oracle.readRest(child);
                assertThat(child.exitCode()).isEqualTo(KillProcess.TERMINATED);
            }
            assertThat(oracle.failures()).isZero();
            assertThat(oracle.verify()).isEqualTo(RecoveryReport.Outcome.CLEAN);
        }
    }

    @Test
    void stoppedProcessKeepsItsStoreAndGoesOn() throws IOException, InterruptedException {
        KillOracle oracle = newOracle();
        try (KillProcess child = start(oracle)) {
            child.awaitReady();
            oracle.read(child, LEAST_ACKS);
            child.signal("STOP");
            assertThat(child.isAliveFor(500)).isTrue();
            requireLocked(oracle, child);
            child.signal("CONT");
            oracle.read(child, LEAST_ACKS);
            assertThat(oracle.failures()).isZero();

            child.signal("STOP");
            child.kill();
            oracle.readRest(child);
        }
        oracle.verify();
    }

    private static void requireLocked(KillOracle oracle, KillProcess child) {
        try (StorageEngine second = KillChild.engine(oracle.directory())) {
            assertThatThrownBy(second::open)
                    .isInstanceOfSatisfying(
                            StorageLockedException.class,
                            locked ->
                                    assertThat(locked.owner()).isEqualTo("process " + child.pid()));
        }
    }

    private KillOracle newOracle() {
        directories++;
        return new KillOracle(parent.resolve("data" + directories), seed);
    }

    private KillProcess start(KillOracle oracle) throws IOException {
        return KillProcess.start(oracle.directory(), random.nextLong(), KillChild.Mode.WRITE);
    }

    private static void waitBusily(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }
}
