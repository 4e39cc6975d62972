package io.entitydb.observability;

import io.entitydb.backup.BackupMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

import java.time.Duration;
import java.util.function.ToLongFunction;

/** Reads the figures of backups whenever the meters are asked for; zero where there are none. */
@RequiredArgsConstructor
final class BackupMeters implements MeterBinder {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final Figures<BackupMonitor> backups;

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        count(meters, BackupMonitor.Status::fullMade, "full", "done");
        count(meters, BackupMonitor.Status::fullFailed, "full", "failed");
        count(meters, BackupMonitor.Status::incrementalMade, "incremental", "done");
        count(meters, BackupMonitor.Status::incrementalFailed, "incremental", "failed");
        meters.gauge(
                StoreMeter.BACKUP_LAST_SUCCESS,
                this,
                self -> self.read(BackupMonitor.Status::lastSuccessNanos) / NANOS_PER_SECOND);
        meters.gauge(
                StoreMeter.BACKUP_LAST_VERIFIED,
                this,
                self -> self.read(BackupMonitor.Status::lastVerifiedNanos) / NANOS_PER_SECOND);
    }

    private void count(
            MeterFactory meters,
            ToLongFunction<BackupMonitor.Status> figure,
            String type,
            String result) {
        meters.counter(StoreMeter.BACKUP, this, self -> self.read(figure), type, result);
    }

    private long read(ToLongFunction<BackupMonitor.Status> figure) {
        return backups.read(monitor -> figure.applyAsLong(monitor.status()));
    }
}
