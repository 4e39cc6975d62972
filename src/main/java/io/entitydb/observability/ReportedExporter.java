package io.entitydb.observability;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says once that the collector does not take spans, and once that it does again; what it did not
 * take is gone. Requests do not wait for it.
 */
@Slf4j
@RequiredArgsConstructor
final class ReportedExporter implements SpanExporter {

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(
                () -> {
                    if (result.isSuccess()) {
                        taken();
                    } else {
                        refused(count, result.getFailureThrowable());
                    }
                });
    }

    private void taken() {
        long before = lost.getAndSet(0);
        if (before > 0) {
            log.atInfo().addKeyValue("lost", before).log("spans are taken by the collector again");
        }
    }

    private void refused(int count, @Nullable Throwable cause) {
        if (lost.getAndAdd(count) > 0) {
            return;
        }
        log.atWarn()
                .addKeyValue("cause", describe(cause))
                .log(
                        "spans are not taken by the collector and are dropped until it takes some;"
                                + " requests are answered all the same: check {}",
                        TracingCondition.ENDPOINT);
    }

    /** The kind of the failure, of the connection if it is one, and its message if it has one. */
    private static String describe(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return "unknown";
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
