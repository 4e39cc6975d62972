package io.entitydb.web.direct;

import io.entitydb.security.SecurityHeaders;
import io.entitydb.web.http.FailedChange;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Answers plain requests of the most frequent operations by calling their controllers, behind the
 * same guards: the way through all filters, the dispatcher and the binding of arguments costs
 * several times what the operation does.
 *
 * <p>It only knows success. Whoever is not let in, whatever is refused and what fails goes the long
 * way, where it is told as ever; a change that failed is not made again there, since nobody knows
 * whether it was made.
 */
final class DirectFilter implements Filter {

    private static final byte[] NO_BODY = {};

    private final List<DirectOperation> operations;
    private final List<HandlerInterceptor> guards;
    private final Door door;
    private final JsonMapper json;
    private final RequestTimes times;
    private final Duration bodyTimeout;

    /** Finds out who makes a request. */
    @FunctionalInterface
    interface Door {

        /** The caller; null if that is for the filters to find out. */
        @Nullable Authentication admit(HttpServletRequest request);
    }

    DirectFilter(
            List<DirectOperation> operations,
            List<HandlerInterceptor> guards,
            Door door,
            JsonMapper json,
            RequestTimes times,
            Duration bodyTimeout) {
        this.operations = List.copyOf(operations);
        this.guards = List.copyOf(guards);
        this.door = door;
        this.json = json;
        this.times = times;
        this.bodyTimeout = bodyTimeout;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        EntityPath path = EntityPath.of(asked.getRequestURI());
        DirectOperation operation = path == null ? null : operationOf(asked, path);
        Authentication caller = operation == null ? null : door.admit(asked);
        if (path == null || operation == null || caller == null) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletRequest again = asked;
        byte[] body = NO_BODY;
        if (operation.hasBody()) {
            ReceivedRequest received = ReceivedRequest.of(asked, bodyTimeout);
            if (!received.isWhole()) {
                chain.doFilter(received, response);
                return;
            }
            again = received;
            body = received.body();
        }
        DirectRequest direct = new DirectRequest(again, path.dataset(), path.id(), body);
        if (!isAnswered(operation, direct, caller, (HttpServletResponse) response)) {
            response.reset();
            chain.doFilter(again, response);
        }
    }

    private @Nullable DirectOperation operationOf(HttpServletRequest request, EntityPath path) {
        for (DirectOperation operation : operations) {
            if (operation.takes(request.getMethod(), path)) {
                return PlainHeaders.areAll(request, operation.hasBody()) ? operation : null;
            }
        }
        return null;
    }

    private boolean isAnswered(
            DirectOperation operation,
            DirectRequest request,
            Authentication caller,
            HttpServletResponse response)
            throws IOException {
        long begin = System.nanoTime();
        byte[] body;
        try (Surroundings _ = Surroundings.of(request.http(), response, caller)) {
            body = answer(operation, request, response);
        } catch (JacksonException e) {
            // The long way tells what is wrong with the body.
            return false;
        } catch (Exception e) {
            if (operation.hasBody()) {
                FailedChange.set(request.http(), e);
            }
            return false;
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        times.add(operation, response.getStatus(), System.nanoTime() - begin);
        return true;
    }

    private byte[] answer(
            DirectOperation operation, DirectRequest request, HttpServletResponse response)
            throws Exception {
        request.http()
                .setAttribute(
                        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
                        Map.of("dataset", request.dataset()));
        for (HandlerInterceptor guard : guards) {
            guard.preHandle(request.http(), response, operation.handler());
        }
        ResponseEntity<?> answer = operation.answering().answer(request);
        byte[] body = json.writeValueAsBytes(answer.getBody());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders()
                .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        SecurityHeaders.all(request.http(), response);
        return body;
    }
}
