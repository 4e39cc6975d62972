package io.entitydb.observability;

import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.StoreState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The status that Spring Boot does not know, and how every contributor begins its answer. */
final class StoreStatus {

    /** Serving, but an operator should look. */
    static final Status DEGRADED = new Status("DEGRADED");

    private StoreStatus() {}

    /**
     * Whether the store's parts can be judged: it is open, or failed for good. Before, they are not
     * known.
     */
    static boolean isKnown(EngineStatus status) {
        return switch (status.state()) {
            case StoreState.Closed closed -> false;
            case StoreState.Opening opening -> false;
            case StoreState.Recovering recovering -> false;
            case StoreState.Ready ready -> true;
            case StoreState.ReadOnly readOnly -> true;
            case StoreState.Closing closing -> false;
            case StoreState.Failed failed -> true;
        };
    }

    /** The answer about a part of a store that is not open. */
    static Health unknown(EngineStatus status) {
        return Health.unknown().withDetail("state", status.state().label()).build();
    }
}
