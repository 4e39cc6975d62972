package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the processes that wrote into a directory had acknowledged, and whether it is there.
 *
 * <p>Every acknowledged change is there, byte by byte, by its number, as of its transaction and as
 * of its instant. What was not acknowledged is whole or absent: at most one transaction a writer,
 * its last. History that was seen once never changes.
 */
final class KillOracle {

    private static final EntityKey PROBE = new EntityKey("parent", "probe");

    /** A store that is not cured fails for ever. */
    private static final long MOST_FAILURES = 10_000;

    private final Path directory;
    private final long seed;
    private final List<KillAck> acknowledged = new ArrayList<>();
    private final Set<Long> acknowledgedSequences = new HashSet<>();

    /** The digest after each transaction that was seen, from the first on. */
    private final List<Digest> history = new ArrayList<>();

    private long failures;
    private long fromChildren;
    private long recovered;

    /**
     * An oracle of an empty directory.
     *
     * @param seed told where something is wrong
     */
    KillOracle(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /** The same of a copy of the directory, which is made if there is one. */
    KillOracle copy(Path target) throws IOException {
        if (Files.isDirectory(directory)) {
            Files.createDirectory(target);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        }
        KillOracle copy = new KillOracle(target, seed);
        copy.acknowledged.addAll(acknowledged);
        copy.acknowledgedSequences.addAll(acknowledgedSequences);
        copy.history.addAll(history);
        return copy;
    }

    Path directory() {
        return directory;
    }

    /** Changes that processes acknowledged. */
    long acknowledged() {
        return fromChildren;
    }

    /** Openings that had something to recover. */
    long recovered() {
        return recovered;
    }

    /** Commits that failed otherwise than by a conflict since the last check. */
    long failures() {
        return failures;
    }

    /** Takes lines until so many changes more are acknowledged. */
    void read(KillProcess child, int wanted) throws IOException {
        long until = fromChildren + wanted;
        while (fromChildren < until) {
            note(String.valueOf(child.line()), false);
        }
    }

    /** Takes all lines of a process that has ended or is ending. */
    void readRest(KillProcess child) throws IOException {
        for (String line = child.line(); line != null; line = child.line()) {
            note(line, true);
        }
    }

    /** A line that says nothing can only be the last one. */
    void note(String line, boolean mayBeCutShort) {
        KillAck ack = KillAck.parse(line);
        if (ack != null) {
            acknowledged.add(ack);
            acknowledgedSequences.add(ack.sequence());
            fromChildren++;
        } else if (line.startsWith(KillChild.FAILED)) {
            failures++;
            assertThat(failures).as("failed commits, the last: %s", line).isLessThan(MOST_FAILURES);
        } else if (!line.equals(KillChild.READY) && !line.equals(KillChild.CLOSED)) {
            assertThat(mayBeCutShort && isBeginning(line))
                    .as("line of the child: %s", line)
                    .isTrue();
        }
    }

    private static boolean isBeginning(String line) {
        return line.startsWith("ACK")
                || "ACK".startsWith(line)
                || KillChild.FAILED.startsWith(line)
                || KillChild.READY.startsWith(line);
    }

    /**
     * Opens the store twice, which must give the same, and writes to it.
     *
     * @return what the first opening found
     */
    RecoveryReport.Outcome verify() throws InterruptedException {
        RecoveryReport.Outcome first = verifyOnce();
        RecoveryReport.Outcome second = verifyOnce();
        assertThat(second).isEqualTo(RecoveryReport.Outcome.CLEAN);
        return first;
    }

    private RecoveryReport.Outcome verifyOnce() throws InterruptedException {
        try (StorageEngine engine = KillChild.engine(directory)) {
            engine.open();
            assertThat(engine.state()).as("seed %d", seed).isEqualTo(new StoreState.Ready());
            RecoveryReport report = engine.status().recovery();
            assertThat(report).isNotNull();
            if (report.outcome() == RecoveryReport.Outcome.RECOVERED) {
                recovered++;
            }
            requireHistory(engine);
            requireAcknowledged(engine);
            probe(engine);
            failures = 0;
            return report.outcome();
        }
    }

    private void requireAcknowledged(StorageEngine engine) {
        Snapshot snapshot = engine.snapshot();
        for (KillAck ack : acknowledged) {
            Entity version = snapshot.version(ack.key(), ack.version()).orElseThrow();
            assertThat(KillAck.of(version.version().transaction(), version))
                    .as("seed %d", seed)
                    .isEqualTo(ack);
            assertThat(engine.snapshotAt(ack.sequence()).latest(ack.key())).contains(version);
            assertThat(engine.snapshotAt(version.version().at()).latest(ack.key()))
                    .contains(version);
        }
    }

    /** Also what was not acknowledged is whole or absent. */
    private void requireHistory(StorageEngine engine) throws InterruptedException {
        LogFollower log = engine.follow(0);
        int sequence = 0;
        Map<String, Long> unacknowledged = new HashMap<>();
        for (@Nullable Commit next = log.nextCommit(Duration.ZERO);
                next != null;
                next = log.nextCommit(Duration.ZERO)) {
            sequence++;
            assertThat(next.sequence()).isEqualTo(sequence);
            assertThat(next.changes())
                    .as("transaction %d, seed %d", sequence, seed)
                    .allMatch(KillContent::isWhole);
            if (sequence <= history.size()) {
                assertThat(next.digest()).isEqualTo(history.get(sequence - 1));
            } else {
                history.add(next.digest());
                requireLast(next, unacknowledged);
            }
        }
        assertThat(sequence).isEqualTo(history.size());
        assertThat((long) sequence).isEqualTo(engine.snapshot().sequence());
    }

    /** A writer has one transaction at a time, so only its last may lack an acknowledgement. */
    private void requireLast(Commit commit, Map<String, Long> unacknowledged) {
        String writer = commit.changes().getFirst().version().principal();
        if (failures > 0) {
            return;
        }
        assertThat(unacknowledged)
                .as("transaction %d, seed %d", commit.sequence(), seed)
                .doesNotContainKey(writer);
        if (!acknowledgedSequences.contains(commit.sequence())) {
            unacknowledged.put(writer, commit.sequence());
        }
    }

    private void probe(StorageEngine engine) {
        Transaction probe = engine.begin("parent");
        probe.save(PROBE, EntityDraft.of(Set.of(), KillContent.of(PROBE, seed)));
        long sequence = probe.commit();
        acknowledged.add(KillAck.of(sequence, engine.snapshot().latest(PROBE).orElseThrow()));
        acknowledgedSequences.add(sequence);
    }
}
