package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** Kills a process that writes, again and again, and looks for what it had acknowledged. */
class KillIT {

    private static final long CYCLES = ReliabilityGoal.KILLS.count();
    private static final int LEAST_ACKS = 50;
    private static final long MOST_ATTEMPTS = 2 * CYCLES;
    private static final EntityKey PROBE = new EntityKey("parent", "probe");

    private final long seed = new Random().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<KillAck> acknowledged = new ArrayList<>();
    private long fromChildren;
    private long recovered;

    @TempDir private Path directory;

    @Test
    void acknowledgedChangesSurviveSigkill() throws IOException, InterruptedException {
        long start = System.nanoTime();
        int cycles = 0;
        int attempts = 0;
        while (cycles < CYCLES && attempts < MOST_ATTEMPTS) {
            attempts++;
            if (cycle() >= LEAST_ACKS) {
                cycles++;
            }
            verify();
            if (attempts % 3 == 0) {
                killWhileOpening();
                verify();
            }
        }

        System.out.printf(
                "kill -9: %d cycles of %d, %,d acknowledged changes, lost 0, opened after a crash"
                        + " %d times, seed %d%n",
                cycles, attempts, fromChildren, recovered, seed);
        ReliabilityReport.reached(ReliabilityGoal.KILLS, seed, cycles, start);
        ReliabilityReport.noted("changes-acknowledged-before-kill-and-found", fromChildren);
    }

    /** Returns how many acknowledgements arrived. */
    private int cycle() throws IOException, InterruptedException {
        int before = acknowledged.size();
        int wanted = LEAST_ACKS + random.nextInt(150);
        Process child = start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo(KillChild.READY);
            while (acknowledged.size() - before < wanted) {
                note(String.valueOf(lines.readLine()), false);
            }
            waitBusily(random.nextInt(3_000_000));
            kill(child);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line, true);
            }
        } finally {
            child.destroyForcibly();
        }
        return acknowledged.size() - before;
    }

    private void killWhileOpening() throws IOException, InterruptedException {
        Process child = start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            waitBusily(200_000_000 + random.nextInt(400_000_000));
            kill(child);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.equals(KillChild.READY)) {
                    note(line, true);
                }
            }
        } finally {
            child.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillChild.class.getName(),
                        directory.resolve("data").toString(),
                        Long.toString(random.nextLong()))
                .redirectErrorStream(true)
                .start();
    }

    private static void kill(Process child) throws InterruptedException {
        // Unlike the process itself, its handle leaves the pipe open: what is in it was
        // acknowledged.
        child.toHandle().destroyForcibly();
        assertThat(child.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
    }

    /** A line that is no acknowledgement can only be the last one. */
    private void note(String line, boolean mayBeCutShort) {
        KillAck ack = KillAck.parse(line);
        if (ack != null) {
            acknowledged.add(ack);
            fromChildren++;
        } else {
            assertThat(mayBeCutShort && (line.startsWith("A") || "ACK".startsWith(line)))
                    .as("line of the child: %s", line)
                    .isTrue();
        }
    }

    private static void waitBusily(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private void verify() throws InterruptedException {
        try (StorageEngine engine = KillChild.engine(directory.resolve("data"))) {
            engine.open();
            assertThat(engine.state()).as("seed %d", seed).isEqualTo(new StoreState.Ready());
            RecoveryReport report = engine.status().recovery();
            if (report != null && report.outcome() == RecoveryReport.Outcome.RECOVERED) {
                recovered++;
            }
            requireWholeLog(engine);
            Snapshot snapshot = engine.snapshot();
            for (KillAck ack : acknowledged) {
                Entity version = snapshot.version(ack.key(), ack.version()).orElseThrow();
                assertThat(KillAck.of(version.version().transaction(), version))
                        .as("seed %d", seed)
                        .isEqualTo(ack);
            }
            Transaction probe = engine.begin("parent");
            probe.save(PROBE, EntityDraft.of(Set.of(), KillContent.of(PROBE, random.nextLong())));
            long sequence = probe.commit();
            acknowledged.add(KillAck.of(sequence, engine.snapshot().latest(PROBE).orElseThrow()));
        }
    }

    /** Also what was not acknowledged is whole or absent. */
    private void requireWholeLog(StorageEngine engine) throws InterruptedException {
        LogFollower log = engine.follow(0);
        long sequence = 0;
        for (Commit next = log.nextCommit(Duration.ZERO);
                next != null;
                next = log.nextCommit(Duration.ZERO)) {
            sequence++;
            assertThat(next.sequence()).isEqualTo(sequence);
            assertThat(next.changes())
                    .as("transaction %d, seed %d", sequence, seed)
                    .allMatch(KillContent::isWhole);
        }
        assertThat(sequence).isEqualTo(engine.snapshot().sequence());
    }
}
