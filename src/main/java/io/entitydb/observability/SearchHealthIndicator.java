package io.entitydb.observability;

import io.entitydb.search.SearchMonitor;
import io.entitydb.search.SearchState;
import io.entitydb.search.SearchStatus;
import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether lists can be answered. Reads by id do not depend on it. */
@Component
@RequiredArgsConstructor
final class SearchHealthIndicator implements HealthIndicator {

    private static final long LATE_NANOS = Duration.ofSeconds(5).toNanos();

    private final StorageEngine engine;
    private final ObjectProvider<SearchMonitor> search;
    private final LongSupplier nanoTime;

    /** The transaction that the index reached when it was looked at last, and when it did. */
    private volatile Progress progress = new Progress(-1, 0);

    private record Progress(long sequence, long sinceNanos) {}

    /** Judges by the clock of the machine. */
    @Autowired
    SearchHealthIndicator(StorageEngine engine, ObjectProvider<SearchMonitor> search) {
        this(engine, search, System::nanoTime);
    }

    @Override
    public Health health() {
        EngineStatus store = engine.status();
        SearchMonitor monitor = search.getIfAvailable();
        if (!StoreStatus.isKnown(store) || monitor == null) {
            return StoreStatus.unknown(store);
        }
        SearchStatus status = monitor.status();
        return Health.status(statusOf(status))
                .withDetail("state", status.state().label())
                .withDetail("indexedSequence", status.indexedSequence())
                .withDetail("lag", status.lag())
                .withDetail("versions", status.documents())
                .build();
    }

    private Status statusOf(SearchStatus status) {
        return switch (status.state()) {
            case SearchState.Ready ready -> isLate(status) ? StoreStatus.DEGRADED : Status.UP;
            case SearchState.CatchingUp catchingUp -> Status.OUT_OF_SERVICE;
            case SearchState.Waiting waiting -> Status.OUT_OF_SERVICE;
            case SearchState.Failed failed -> StoreStatus.DEGRADED;
        };
    }

    /** Whether the index has stood still for too long although there is something to add. */
    private boolean isLate(SearchStatus status) {
        Progress last = progress;
        if (status.lag() == 0 || status.indexedSequence() != last.sequence()) {
            progress = new Progress(status.indexedSequence(), nanoTime.getAsLong());
            return false;
        }
        return nanoTime.getAsLong() - last.sinceNanos() > LATE_NANOS;
    }
}
