package io.entitydb.web.direct;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    private final Door door;
    private final DirectAnswers answers;
    private final PlainHeaders plain;
    private final Duration bodyTimeout;

    /** Finds out who makes a request. */
    @FunctionalInterface
    interface Door {

        /** The caller; null if that is for the filters to find out. */
        @Nullable Authentication admit(HttpServletRequest request);
    }

    DirectFilter(
            List<DirectOperation> operations,
            Door door,
            DirectAnswers answers,
            PlainHeaders plain,
            Duration bodyTimeout) {
        this.operations = List.copyOf(operations);
        this.door = door;
        this.answers = answers;
        this.plain = plain;
        this.bodyTimeout = bodyTimeout;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long begin = System.nanoTime();
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
        DirectRequest direct = new DirectRequest(again, path.dataset(), path.id(), body, begin);
        if (!answers.answer(operation, direct, caller, (HttpServletResponse) response)) {
            chain.doFilter(again, response);
        }
    }

    private @Nullable DirectOperation operationOf(HttpServletRequest request, EntityPath path) {
        for (DirectOperation operation : operations) {
            if (operation.takes(request.getMethod(), path)) {
                return plain.areAll(request, operation.hasBody()) ? operation : null;
            }
        }
        return null;
    }
}
