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

    private final Consumer<HttpServletRequest> count;
    private final AuthenticationEntryPoint entryPoint;

    /**
     * A filter.
     *
     * @param count counts a request; throws {@link TooManyRequestsException} if it is one too many
     * @param entryPoint answers what is refused
     */
    LimitFilter(Consumer<HttpServletRequest> count, AuthenticationEntryPoint entryPoint) {
        this.count = count;
        this.entryPoint = entryPoint;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimits.PROBES.contains(request.getRequestURI());
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
