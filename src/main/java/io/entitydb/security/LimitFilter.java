package io.entitydb.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.function.Consumer;

/** Counts requests, and refuses those that are too many. Probes are not counted. */
final class LimitFilter extends OncePerRequestFilter {

    private final Count what;
    private final Consumer<HttpServletRequest> count;
    private final AuthenticationEntryPoint entryPoint;

    /** What is counted; each once a request, also where it was counted before the filters. */
    enum Count {
        /** Requests of addresses. */
        ADDRESS,
        /** Requests of users, or of addresses of nobody known. */
        CALLER;

        private final String attribute = LimitFilter.class.getName() + "." + name();

        /** Tells that a request is counted. */
        void markDone(HttpServletRequest request) {
            request.setAttribute(attribute, true);
        }
    }

    /**
     * A filter.
     *
     * @param what what it counts
     * @param count counts a request; throws {@link TooManyRequestsException} if it is one too many
     * @param entryPoint answers what is refused
     */
    LimitFilter(
            Count what, Consumer<HttpServletRequest> count, AuthenticationEntryPoint entryPoint) {
        this.what = what;
        this.count = count;
        this.entryPoint = entryPoint;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getAttribute(what.attribute) != null
                || RateLimits.PROBES.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            count.accept(request);
        } catch (TooManyRequestsException e) {
            entryPoint.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
