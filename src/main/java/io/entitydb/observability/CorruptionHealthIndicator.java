package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether damaged bytes were met, and whether what they change is known. */
@Component
@RequiredArgsConstructor
final class CorruptionHealthIndicator implements HealthIndicator {

    private final StorageEngine engine;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        Health.Builder health =
                Health.status(statusOf(status))
                        .withDetail("damagedVersions", status.damagedVersions());
        RecoveryReport recovery = status.recovery();
        if (recovery != null && recovery.damage() != null) {
            health.withDetail("position", recovery.damage().position())
                    .withDetail("afterSequence", recovery.damage().afterSequence());
        }
        return health.build();
    }

    private static Status statusOf(EngineStatus status) {
        if (status.header() == null) {
            // It failed before it was read: its other contributors say so, and nothing is known.
            return Status.UNKNOWN;
        }
        RecoveryReport recovery = status.recovery();
        boolean isExtentUnknown =
                status.state() instanceof StoreState.ReadOnly readOnly
                        && readOnly.reason() == StoreState.Reason.CORRUPTION;
        if (isExtentUnknown || (recovery != null && recovery.damage() != null)) {
            return Status.DOWN;
        }
        return status.damagedVersions() > 0 ? StoreStatus.DEGRADED : Status.UP;
    }
}
