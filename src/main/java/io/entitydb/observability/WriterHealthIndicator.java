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

    private static final long GIBIBYTE = 1L << 30;
    private static final int TWENTIETH = 20;

    private final StorageEngine engine;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        EngineStatus.WriterStatus writer = status.writer();
        long left = engine.spaceLeft();
        Status asWriter = statusOf(status.state(), writer);
        boolean isLow = isLow(left, status);
        return Health.status(isLow && asWriter.equals(Status.UP) ? StoreStatus.DEGRADED : asWriter)
                .withDetail("spaceLeftBytes", left)
                .withDetail("spaceLow", isLow)
                .withDetail("alive", writer.isAlive())
                .withDetail("queued", writer.queued())
                .withDetail("queueCapacity", writer.queueCapacity())
                .withDetail(
                        "oldestPendingMillis",
                        Duration.ofNanos(writer.oldestPendingNanos()).toMillis())
                .build();
    }

    /** Whether less is left than a twentieth of all, and less than a gibibyte. */
    private static boolean isLow(long left, EngineStatus status) {
        long used = status.header() == null ? 0 : status.header().dataSize();
        return left < Math.min(GIBIBYTE, (used + left) / TWENTIETH);
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
