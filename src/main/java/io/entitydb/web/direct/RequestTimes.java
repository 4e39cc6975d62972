package io.entitydb.web.direct;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import lombok.RequiredArgsConstructor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts requests that were answered among those that the framework counts. */
@RequiredArgsConstructor
final class RequestTimes {

    private static final String NAME = "http.server.requests";

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(DirectOperation operation, int status) {}

    /** Counts a request that took so long. */
    void add(DirectOperation operation, int status, long nanos) {
        timers.computeIfAbsent(new Kind(operation, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        Tags tags =
                Tags.of(
                        "error",
                        "none",
                        "exception",
                        "none",
                        "method",
                        kind.operation().method().name(),
                        "outcome",
                        "SUCCESS",
                        "status",
                        Integer.toString(kind.status()),
                        "uri",
                        kind.operation().template());
        return registry.timer(NAME, tags);
    }
}
