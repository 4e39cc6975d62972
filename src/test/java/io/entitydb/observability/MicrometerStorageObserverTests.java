package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.StorageObserver.CommitResult;
import io.entitydb.storage.config.StatusFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

class MicrometerStorageObserverTests {

    private static final Clock NOW =
            Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecentForces recent = new RecentForces(() -> 0);
    private final RecentCheckpoints checkpoints = new RecentCheckpoints(NOW);
    private final MicrometerStorageObserver observer =
            new MicrometerStorageObserver(new MeterFactory(registry), recent, checkpoints);

    @Test
    void readsAreCountedByTheirResult() {
        observer.read(StorageObserver.ReadResult.FOUND);
        observer.read(StorageObserver.ReadResult.FOUND);
        observer.read(StorageObserver.ReadResult.DAMAGED);

        assertThat(reads("found")).isEqualTo(2);
        assertThat(reads("missing")).isZero();
        assertThat(reads("damaged")).isEqualTo(1);
    }

    private double reads(String result) {
        return registry.get("entitydb.reads").tag("result", result).counter().count();
    }

    @Test
    void theLastCheckpointIsKnown() {
        observer.checkpointed(true, 5);
        observer.checkpointed(false, 5);

        assertThat(registry.get("entitydb.checkpoint.last.success").gauge().value())
                .isEqualTo((double) NOW.instant().getEpochSecond());
        assertThat(checkpoints.hasFailed()).isTrue();
    }

    @Test
    void appendsAreCountedAndTheirBytesSummed() {
        observer.appended(100);
        observer.appended(23);

        assertThat(count("entitydb.wal.append")).isEqualTo(2);
        assertThat(count("entitydb.wal.written")).isEqualTo(123);
    }

    @Test
    void forcesThatSucceedAreTimedAndRemembered() {
        for (int i = 0; i < RecentForces.SIGNIFICANT; i++) {
            observer.forced(true, 2_000_000);
        }

        var timer = registry.get("entitydb.wal.fsync").timer();
        assertThat(timer.count()).isEqualTo(RecentForces.SIGNIFICANT);
        assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(2);
        assertThat(recent.percentile99()).hasMillis(2);
        assertThat(count("entitydb.wal.fsync.errors")).isZero();
    }

    @Test
    void forcesThatFailAreErrorsAndNotTimed() {
        observer.forced(false, 2_000_000);

        assertThat(count("entitydb.wal.fsync.errors")).isEqualTo(1);
        assertThat(registry.get("entitydb.wal.fsync").timer().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyEndOfACommitIsCountedAsItself(CommitResult result) {
        observer.commitAnswered(result, 5_000_000);

        for (CommitResult other : CommitResult.values()) {
            String label = other.name().toLowerCase(Locale.ROOT);
            assertThat(registry.get("entitydb.writes").tag("result", label).counter().count())
                    .isEqualTo(other == result ? 1 : 0);
        }
        assertThat(registry.get("entitydb.commit").timer().count())
                .isEqualTo(result == CommitResult.COMMITTED ? 1 : 0);
        assertThat(count("entitydb.commit.conflicts"))
                .isEqualTo(result == CommitResult.CONFLICT ? 1 : 0);
    }

    @Test
    void batchesAreSummed() {
        observer.batchCommitted(3);
        observer.batchCommitted(5);

        var batches = registry.get("entitydb.commit.batch.size").summary();
        assertThat(batches.count()).isEqualTo(2);
        assertThat(batches.totalAmount()).isEqualTo(8);
    }

    @Test
    void stepsOfTheClockAreCounted() {
        observer.clockRegressed(17);

        assertThat(count("entitydb.clock.regressions")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checkpointsAreTimedByTheirResult(boolean isDone) {
        observer.checkpointed(isDone, 1000);

        assertThat(checkpoints("done")).isEqualTo(isDone ? 1 : 0);
        assertThat(checkpoints("failed")).isEqualTo(isDone ? 0 : 1);
    }

    @Test
    void recoveryIsTimedAndItsWorkCounted() {
        observer.recovered(StatusFixture.recovery(null));

        var timer = registry.get("entitydb.recovery").tag("outcome", "recovered").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(12);
        assertThat(count("entitydb.recovery.replayed")).isEqualTo(31);
    }

    @Test
    void damageIsCountedByItsSectionAndNothingIsLost() {
        observer.corruptionFound("log", 0);
        observer.corruptionFound("log", 8192);
        observer.corruptionFound("something else", 0);

        assertThat(corruptions("log")).isEqualTo(2);
        assertThat(corruptions("other")).isEqualTo(1);
    }

    @Test
    void damageThatRecoveryMetIsCounted() {
        observer.recovered(StatusFixture.recovery(new RecoveryReport.Damage(4096, 3, "crc")));

        assertThat(corruptions("log")).isEqualTo(1);
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private long checkpoints(String result) {
        return registry.get("entitydb.checkpoint").tag("result", result).timer().count();
    }

    private double corruptions(String section) {
        return registry.get("entitydb.corruptions").tag("section", section).counter().count();
    }
}
