package io.entitydb.observability;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the store serves: the state it is in. */
@Component
@RequiredArgsConstructor
final class StoreHealthIndicator implements HealthIndicator {

    private final StorageEngine engine;

    @Override
    public Health health() {
        StoreState state = engine.state();
        Health.Builder health =
                switch (state) {
                    case StoreState.Ready ready -> Health.up();
                    case StoreState.ReadOnly readOnly ->
                            Health.status(StoreStatus.DEGRADED)
                                    .withDetail("reason", readOnly.reason().label());
                    case StoreState.Recovering recovering ->
                            Health.outOfService()
                                    .withDetail("doneBytes", recovering.doneBytes())
                                    .withDetail("totalBytes", recovering.totalBytes());
                    case StoreState.Opening opening -> Health.outOfService();
                    case StoreState.Closing closing -> Health.outOfService();
                    case StoreState.Closed closed -> Health.outOfService();
                    case StoreState.Failed failed -> Health.down();
                };
        return health.withDetail("state", state.label()).build();
    }
}
