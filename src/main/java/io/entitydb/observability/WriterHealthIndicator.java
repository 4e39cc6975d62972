package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

import java.time.Duration;

/** Whether transactions are taken and answered in time. */
@Component
@RequiredArgsConstructor
final class WriterHealthIndicator implements HealthIndicator {

    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(10).toNanos();

    private final StorageEngine engine;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        EngineStatus.WriterStatus writer = status.writer();
        return Health.status(statusOf(status.state(), writer))
                .withDetail("alive", writer.isAlive())
                .withDetail("queued", writer.queued())
                .withDetail("queueCapacity", writer.queueCapacity())
                .withDetail(
                        "oldestPendingMillis",
                        Duration.ofNanos(writer.oldestPendingNanos()).toMillis())
                .build();
    }

    /**
     * A store that takes no writes on purpose may have no thread for them: that is out of service
     * and not dead, and the group {@code writable} answers so.
     */
    private static Status statusOf(StoreState state, EngineStatus.WriterStatus writer) {
        if (writer.oldestPendingNanos() > STUCK_NANOS) {
            return Status.DOWN;
        }
        if (state instanceof StoreState.ReadOnly readOnly
                && readOnly.reason() != StoreState.Reason.FORCE_FAILED) {
            return Status.OUT_OF_SERVICE;
        }
        if (!writer.isAlive()) {
            return Status.DOWN;
        }
        return writer.oldestPendingNanos() < SLOW_NANOS ? Status.UP : StoreStatus.DEGRADED;
    }
}
