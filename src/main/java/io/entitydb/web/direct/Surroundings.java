package io.entitydb.web.direct;

import io.entitydb.web.problem.TraceId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What controllers expect around them: the request, who makes it, and its id beside each line. */
final class Surroundings implements AutoCloseable {

    private final ServletRequestAttributes attributes;

    private Surroundings(ServletRequestAttributes attributes) {
        this.attributes = attributes;
    }

    /** Puts a request and its caller around the present thread. */
    static Surroundings of(
            HttpServletRequest request, HttpServletResponse response, Authentication caller) {
        ServletRequestAttributes attributes = new ServletRequestAttributes(request, response);
        RequestContextHolder.setRequestAttributes(attributes);
        SecurityContextHolder.setContext(new SecurityContextImpl(caller));
        MDC.put(TraceId.KEY, TraceId.of(request));
        return new Surroundings(attributes);
    }

    @Override
    public void close() {
        MDC.remove(TraceId.KEY);
        SecurityContextHolder.clearContext();
        RequestContextHolder.resetRequestAttributes();
        attributes.requestCompleted();
    }
}
