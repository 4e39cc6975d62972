package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import java.time.Instant;

/** Whether the index of the file keeps up with the log: else the next opening takes longer. */
@Component
@RequiredArgsConstructor
final class CheckpointHealthIndicator implements HealthIndicator {

    /** A checkpoint that runs lets the log grow meanwhile; twice its limit is too far. */
    private static final int STALE_TIMES = 2;

    private final StorageEngine engine;
    private final RecentCheckpoints recent;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status) || status.header() == null) {
            return StoreStatus.unknown(status);
        }
        boolean isStale = status.tailBytes() > STALE_TIMES * status.tailLimitBytes();
        Health.Builder health =
                (isStale || recent.hasFailed() ? Health.status(StoreStatus.DEGRADED) : Health.up())
                        .withDetail("sequence", status.header().checkpointSequence())
                        .withDetail("behindBytes", status.tailBytes())
                        .withDetail("lastFailed", recent.hasFailed());
        if (recent.lastSuccessSeconds() > 0) {
            health.withDetail(
                    "lastSuccess",
                    Instant.ofEpochSecond((long) recent.lastSuccessSeconds()).toString());
        }
        return health.build();
    }
}
