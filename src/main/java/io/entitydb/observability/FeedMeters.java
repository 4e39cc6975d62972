package io.entitydb.observability;

import io.entitydb.entity.FeedMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

import org.springframework.beans.factory.ObjectProvider;

import java.util.function.ToLongFunction;

/** Reads the figures of the feeds whenever the meters are asked for; zero where nothing is fed. */
@RequiredArgsConstructor
final class FeedMeters implements MeterBinder {

    private final ObjectProvider<FeedMonitor> feeds;

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        meters.gauge(StoreMeter.CHANGES_FEEDS, this, self -> self.read(FeedMonitor::live));
        meters.counter(StoreMeter.CHANGES_TOLD, this, self -> self.read(FeedMonitor::told));
    }

    private long read(ToLongFunction<FeedMonitor> figure) {
        FeedMonitor monitor = feeds.getIfAvailable();
        return monitor == null ? 0 : figure.applyAsLong(monitor);
    }
}
