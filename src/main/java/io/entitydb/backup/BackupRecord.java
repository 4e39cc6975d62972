package io.entitydb.backup;

import io.entitydb.entity.Backup;
import io.entitydb.entity.StoreBackups;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/** What is counted of the backups that this process makes. Thread-safe. */
final class BackupRecord {

    private final Map<Backup.Type, Long> made = new EnumMap<>(Backup.Type.class);
    private final Map<Backup.Type, Long> failed = new EnumMap<>(Backup.Type.class);
    private @Nullable String failure;
    private long lastSuccess;
    private long lastVerified;
    private long lastSequence;

    /** The newest backup that was there at the start. */
    synchronized void found(BackupFile newest) {
        lastSuccess = newest.toBackup(newest).madeAt().epochNanos();
        lastVerified = lastSuccess;
        lastSequence = newest.to().walSequence();
    }

    synchronized void succeeded(StoreBackups.Made result, long now) {
        if (result.isNew()) {
            made.merge(result.backup().type(), 1L, Long::sum);
            lastVerified = now;
        }
        failure = null;
        lastSuccess = now;
        lastSequence = result.backup().to().sequence();
    }

    synchronized void failed(Backup.Type type, String code) {
        failed.merge(type, 1L, Long::sum);
        failure = code;
    }

    synchronized long made(Backup.Type type) {
        return made.getOrDefault(type, 0L);
    }

    synchronized long failed(Backup.Type type) {
        return failed.getOrDefault(type, 0L);
    }

    synchronized @Nullable String failure() {
        return failure;
    }

    synchronized long lastSuccess() {
        return lastSuccess;
    }

    synchronized long lastVerified() {
        return lastVerified;
    }

    synchronized long lastSequence() {
        return lastSequence;
    }
}
