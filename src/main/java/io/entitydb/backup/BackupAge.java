package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.storage.StorageEngine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Judges the newest backup by what was written since, and when. Thread-safe. */
final class BackupAge implements BackupMonitor {

    private final Backups backups;
    private final StorageEngine engine;
    private final LongSupplier clock;
    private final Duration maxAge;
    private final long startNanos;

    /**
     * A judge.
     *
     * @param clock nanoseconds since 1970
     * @param maxAge age above which a backup that lacks something is stale
     */
    BackupAge(Backups backups, StorageEngine engine, LongSupplier clock, Duration maxAge) {
        this.backups = backups;
        this.engine = engine;
        this.clock = clock;
        this.maxAge = maxAge;
        startNanos = clock.getAsLong();
    }

    @Override
    public Status status() {
        BackupRecord record = backups.record();
        return new Status(
                backups.isOn(),
                backups.isRunning(),
                record.made(Backup.Type.FULL),
                record.failed(Backup.Type.FULL),
                record.made(Backup.Type.INCREMENTAL),
                record.failed(Backup.Type.INCREMENTAL),
                record.lastSuccess(),
                record.lastVerified(),
                record.lastSequence(),
                record.failure(),
                backups.isOn() ? staleReason(record) : null);
    }

    private @Nullable String staleReason(BackupRecord record) {
        long since = record.lastSuccess() == 0 ? startNanos : record.lastSuccess();
        boolean isOld = clock.getAsLong() - since > maxAge.toNanos();
        boolean isBehind = engine.status().durableSequence() > record.lastSequence();
        if (!isOld || !isBehind) {
            return null;
        }
        return record.lastSuccess() == 0
                ? "no backup was made yet"
                : "the newest backup is older than " + maxAge;
    }
}
