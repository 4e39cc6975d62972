package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.header.Header;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether both slots of the file header verify, so that the loss of one does no harm. */
@Component
@RequiredArgsConstructor
final class HeaderHealthIndicator implements HealthIndicator {

    private final StorageEngine engine;

    @Override
    public Health health() {
        EngineStatus status = engine.status();
        if (!StoreStatus.isKnown(status)) {
            return StoreStatus.unknown(status);
        }
        EngineStatus.SlotsValid slots = status.slotsValid();
        Health.Builder health =
                slots.a() && slots.b()
                        ? Health.up()
                        : slots.a() || slots.b()
                                ? Health.status(StoreStatus.DEGRADED)
                                : Health.down();
        health.withDetail("slotAValid", slots.a()).withDetail("slotBValid", slots.b());
        Header header = status.header();
        if (header != null) {
            health.withDetail("generation", header.generation())
                    .withDetail("walOffset", header.walOffset())
                    .withDetail("walSequence", header.walSequence())
                    .withDetail("checkpointSequence", header.checkpointSequence());
        }
        return health.build();
    }
}
