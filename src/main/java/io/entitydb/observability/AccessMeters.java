package io.entitydb.observability;

import io.entitydb.entity.AccessMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import lombok.RequiredArgsConstructor;

import java.util.function.ToLongFunction;

/** Reads the figures of limits and refusals whenever the meters are asked for. */
@RequiredArgsConstructor
final class AccessMeters implements MeterBinder {

    private final Figures<AccessMonitor> access;

    @Override
    public void bindTo(MeterRegistry registry) {
        MeterFactory meters = new MeterFactory(registry);
        throttled(meters, AccessMonitor.Figures::principals, "principal");
        throttled(meters, AccessMonitor.Figures::addresses, "address");
        throttled(meters, AccessMonitor.Figures::strangers, "anonymous");
        throttled(meters, AccessMonitor.Figures::logins, "login");
        events(meters, AccessMonitor.Figures::keptEvents, "kept");
        events(meters, AccessMonitor.Figures::omittedEvents, "omitted");
    }

    private void throttled(
            MeterFactory meters, ToLongFunction<AccessMonitor.Figures> figure, String type) {
        meters.counter(StoreMeter.REQUESTS_THROTTLED, this, self -> self.read(figure), type);
    }

    private void events(
            MeterFactory meters, ToLongFunction<AccessMonitor.Figures> figure, String result) {
        meters.counter(StoreMeter.AUDIT_EVENTS, this, self -> self.read(figure), result);
    }

    private long read(ToLongFunction<AccessMonitor.Figures> figure) {
        return access.read(monitor -> figure.applyAsLong(monitor.figures()));
    }
}
