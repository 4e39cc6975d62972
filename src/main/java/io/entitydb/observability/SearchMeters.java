package io.entitydb.observability;

import io.entitydb.search.QueryKind;
import io.entitydb.search.SearchMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

/** Reads the figures of the search index whenever the meters are asked for. */
@RequiredArgsConstructor
final class SearchMeters implements MeterBinder {

    private final Figures<SearchMonitor> search;

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        for (QueryKind kind : QueryKind.values()) {
            meters.timer(
                    StoreMeter.QUERY,
                    this,
                    self -> self.search.read(monitor -> monitor.queries(kind).count()),
                    self -> self.search.read(monitor -> monitor.queries(kind).nanos()),
                    MeterLabel.value(kind));
        }
        meters.gauge(
                StoreMeter.QUERY_LAG,
                this,
                self -> self.search.read(monitor -> monitor.status().lag()));
        meters.gauge(
                StoreMeter.VERSIONS,
                this,
                self -> self.search.read(monitor -> monitor.status().documents()));
    }
}
