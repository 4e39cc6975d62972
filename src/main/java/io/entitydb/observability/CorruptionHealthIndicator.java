package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.LostSequences;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

import java.util.List;

/** Whether damaged bytes were met, and whether what they change is known. */
@Component
@RequiredArgsConstructor
final class CorruptionHealthIndicator implements HealthIndicator {

    /** Most places shown here; the endpoint {@code store} lists all that are known. */
    private static final int SHOWN = 20;

    private final StorageEngine engine;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        Health.Builder health =
                Health.status(statusOf(status))
                        .withDetail("damagedVersions", status.damagedVersions())
                        .withDetail("quarantined", status.quarantined().places().size());
        List<PlaceFigures> places =
                status.quarantined().places().stream().limit(SHOWN).map(PlaceFigures::of).toList();
        if (!places.isEmpty()) {
            health.withDetail("places", places);
        }
        RecoveryReport recovery = status.recovery();
        if (recovery != null && recovery.damage() != null) {
            health.withDetail("position", recovery.damage().position())
                    .withDetail("afterSequence", recovery.damage().afterSequence())
                    .withDetail("lastReadable", recovery.damage().lastReadable());
            List<LostSequences> lost = recovery.damage().lost();
            if (!lost.isEmpty()) {
                health.withDetail("lost", lost.stream().limit(SHOWN).toList());
            }
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
        return status.damagedVersions() > 0 || !status.quarantined().places().isEmpty()
                ? StoreStatus.DEGRADED
                : Status.UP;
    }
}
