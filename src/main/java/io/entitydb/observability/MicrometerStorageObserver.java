package io.entitydb.observability;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.TimeUnit;

/** Counts the engine's events. Thread-safe; every meter exists, at zero, from the start. */
final class MicrometerStorageObserver implements StorageObserver {

    private final RecentForces recentForces;
    private final Counter appends;
    private final Counter written;
    private final Timer forces;
    private final Counter forceErrors;
    private final DistributionSummary batches;
    private final Timer commits;
    private final Counter conflicts;
    private final MetersByConstant<CommitResult, Counter> writes;
    private final MetersByConstant<ReadResult, Counter> reads;
    private final Counter fallbacks;
    private final Counter discarded;
    private final RecentCheckpoints recentCheckpoints;
    private final Counter regressions;
    private final MetersByConstant<StoreMeter.Section, Counter> corruptions;
    private final Timer checkpointsDone;
    private final Timer checkpointsFailed;
    private final MetersByConstant<RecoveryReport.Outcome, Timer> recoveries;
    private final Counter replayed;

    MicrometerStorageObserver(
            MeterFactory meters, RecentForces recentForces, RecentCheckpoints recentCheckpoints) {
        this.recentForces = recentForces;
        this.recentCheckpoints = recentCheckpoints;
        reads =
                new MetersByConstant<>(
                        ReadResult.class, value -> meters.counter(StoreMeter.READS, value));
        fallbacks = meters.counter(StoreMeter.HEADER_FALLBACKS);
        discarded = meters.counter(StoreMeter.RECOVERY_DISCARDED, "torn_tail");
        meters.gauge(
                StoreMeter.CHECKPOINT_LAST_SUCCESS,
                recentCheckpoints,
                RecentCheckpoints::lastSuccessSeconds);
        appends = meters.counter(StoreMeter.WAL_APPEND);
        written = meters.counter(StoreMeter.WAL_WRITTEN);
        forces = meters.histogram(StoreMeter.WAL_FSYNC);
        forceErrors = meters.counter(StoreMeter.WAL_FSYNC_ERRORS);
        batches = meters.summary(StoreMeter.COMMIT_BATCH_SIZE);
        commits = meters.histogram(StoreMeter.COMMIT);
        conflicts = meters.counter(StoreMeter.COMMIT_CONFLICTS);
        writes =
                new MetersByConstant<>(
                        CommitResult.class, value -> meters.counter(StoreMeter.WRITES, value));
        regressions = meters.counter(StoreMeter.CLOCK_REGRESSIONS);
        corruptions =
                new MetersByConstant<>(
                        StoreMeter.Section.class,
                        value -> meters.counter(StoreMeter.CORRUPTIONS, value));
        checkpointsDone = meters.timer(StoreMeter.CHECKPOINT, "done");
        checkpointsFailed = meters.timer(StoreMeter.CHECKPOINT, "failed");
        recoveries =
                new MetersByConstant<>(
                        RecoveryReport.Outcome.class,
                        value -> meters.timer(StoreMeter.RECOVERY, value));
        replayed = meters.counter(StoreMeter.RECOVERY_REPLAYED);
    }

    @Override
    public void appended(long bytes) {
        appends.increment();
        written.increment((double) bytes);
    }

    @Override
    public void forced(boolean isDone, long nanos) {
        if (isDone) {
            forces.record(nanos, TimeUnit.NANOSECONDS);
            recentForces.record(nanos);
        } else {
            forceErrors.increment();
        }
    }

    @Override
    public void batchCommitted(int transactions) {
        batches.record(transactions);
    }

    @Override
    public void commitAnswered(CommitResult result, long nanos) {
        writes.of(result).increment();
        switch (result) {
            case COMMITTED -> commits.record(nanos, TimeUnit.NANOSECONDS);
            case CONFLICT -> conflicts.increment();
            case REFUSED, UNKNOWN -> {}
        }
    }

    @Override
    public void read(ReadResult result) {
        reads.of(result).increment();
    }

    @Override
    public void clockRegressed(long nanos) {
        regressions.increment();
    }

    @Override
    public void corruptionFound(String section, long position) {
        corruptions.of(StoreMeter.Section.of(section)).increment();
    }

    @Override
    public void checkpointed(boolean isDone, long nanos) {
        (isDone ? checkpointsDone : checkpointsFailed).record(nanos, TimeUnit.NANOSECONDS);
        recentCheckpoints.ended(isDone);
    }

    @Override
    public void recovered(RecoveryReport report) {
        recoveries.of(report.outcome()).record(report.nanos(), TimeUnit.NANOSECONDS);
        replayed.increment((double) report.replayedTransactions());
        discarded.increment((double) report.discardedBytes());
        if (report.validSlots() == 1) {
            fallbacks.increment();
        }
        if (report.damage() != null) {
            corruptions.of(StoreMeter.Section.LOG).increment();
        }
    }
}
