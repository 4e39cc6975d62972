package io.entitydb.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Counts the requests of a user, and of an address those of nobody known. It stands where it is
 * known who asks, and nothing else of the request was looked at.
 */
final class CallerLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final AuthenticationEntryPoint entryPoint;

    CallerLimitFilter(RateLimits limits, AuthenticationEntryPoint entryPoint) {
        this.limits = limits;
        this.entryPoint = entryPoint;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimits.isExempt(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Authentication who = SecurityContextHolder.getContext().getAuthentication();
            if (who != null
                    && who.getPrincipal() instanceof Caller caller
                    && caller.method() != Caller.Method.NONE) {
                limits.requireOfPrincipal(caller.name());
            } else {
                limits.requireOfStranger(request.getRemoteAddr());
            }
        } catch (TooManyRequestsException e) {
            entryPoint.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
