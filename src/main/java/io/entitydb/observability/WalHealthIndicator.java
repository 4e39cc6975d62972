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

/** Whether the log can be appended to and forced, and how much of it recovery would replay. */
@Component
@RequiredArgsConstructor
final class WalHealthIndicator implements HealthIndicator {

    /** A disk that is slower than this on one force in a hundred holds every writer up. */
    static final Duration SLOW_FORCE = Duration.ofMillis(100);

    /**
     * How many times the size that starts a checkpoint the tail may grow to. The tail passes that
     * size once in every checkpoint and grows on until the checkpoint is done: only one that does
     * not come or does not end reaches twice of it.
     */
    private static final double TAIL_LIMIT = 2;

    private static final double TAIL_WARNING = 0.8 * TAIL_LIMIT;

    private final StorageEngine engine;
    private final RecentForces forces;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        Duration force = forces.percentile99();
        return Health.status(statusOf(status, force))
                .withDetail("walOffsetInvalid", status.headerCounters().walOffsetInvalid())
                .withDetail("poisoned", isPoisoned(status))
                .withDetail("tailBytes", status.tailBytes())
                .withDetail("checkpointBytes", status.tailLimitBytes())
                .withDetail("forceP99Millis", force.toMillis())
                .withDetail("visibleSequence", status.visibleSequence())
                .withDetail("durableSequence", status.durableSequence())
                .build();
    }

    private static Status statusOf(EngineStatus status, Duration force) {
        if (status.headerCounters().walOffsetInvalid() > 0 || isPoisoned(status)) {
            return Status.DOWN;
        }
        boolean isTailLong = status.tailBytes() > TAIL_WARNING * status.tailLimitBytes();
        return isTailLong || force.compareTo(SLOW_FORCE) > 0 ? StoreStatus.DEGRADED : Status.UP;
    }

    private static boolean isPoisoned(EngineStatus status) {
        return status.writer().isPoisoned()
                || (status.state() instanceof StoreState.ReadOnly readOnly
                        && readOnly.reason() == StoreState.Reason.FORCE_FAILED);
    }
}
