package io.entitydb.observability;

import io.entitydb.entity.FeedMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

/** Reads the figures of the feeds whenever the meters are asked for; zero where nothing is fed. */
@RequiredArgsConstructor
final class FeedMeters implements MeterBinder {

    private final Figures<FeedMonitor> feeds;

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        meters.gauge(StoreMeter.CHANGES_FEEDS, this, self -> self.feeds.read(FeedMonitor::live));
        meters.counter(StoreMeter.CHANGES_TOLD, this, self -> self.feeds.read(FeedMonitor::told));
    }
}
