package io.entitydb.web.http;

import io.entitydb.web.problem.TraceId;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Puts the trace id of a request beside every line that is logged while it is answered.
 *
 * <p>Where spans are made, the request's has begun by then: it comes with an id, and that is the
 * one that everything tells.
 */
@Component
@RequiredArgsConstructor
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class TraceFilter extends OncePerRequestFilter {

    private final ObjectProvider<Tracer> tracer;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Span span = currentSpan();
        if (span != null) {
            // Beside the lines it is already.
            TraceId.set(request, span.context().traceId());
            chain.doFilter(request, response);
            return;
        }
        MDC.put(TraceId.KEY, TraceId.of(request));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TraceId.KEY);
        }
    }

    private @Nullable Span currentSpan() {
        Tracer present = tracer.getIfAvailable();
        return present == null ? null : present.currentSpan();
    }
}
