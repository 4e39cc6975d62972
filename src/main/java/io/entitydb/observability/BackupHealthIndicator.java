package io.entitydb.observability;

import io.entitydb.backup.BackupMonitor;

import lombok.RequiredArgsConstructor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import java.time.Instant;

/** Whether the newest backup can be relied on. The store serves whatever it says. */
@Component
@RequiredArgsConstructor
final class BackupHealthIndicator implements HealthIndicator {

    private final ObjectProvider<BackupMonitor> backups;

    @Override
    public Health health() {
        BackupMonitor monitor = backups.getIfAvailable();
        BackupMonitor.Status status = monitor == null ? null : monitor.status();
        if (status == null || !status.isOn()) {
            return Health.up().withDetail("state", "off").build();
        }
        boolean isWell = status.failure() == null && status.staleReason() == null;
        Health.Builder health =
                (isWell ? Health.up() : Health.status(StoreStatus.DEGRADED))
                        .withDetail("state", status.isRunning() ? "running" : "waiting")
                        .withDetail("lastSequence", status.lastSequence());
        if (status.lastSuccessNanos() > 0) {
            health.withDetail(
                    "lastSuccess", Instant.ofEpochSecond(0, status.lastSuccessNanos()).toString());
        }
        if (status.failure() != null) {
            health.withDetail("failure", status.failure());
        }
        if (status.staleReason() != null) {
            health.withDetail("stale", status.staleReason());
        }
        return health.build();
    }
}
