package io.entitydb.web.access;

import io.entitydb.security.RateLimits;
import io.entitydb.security.TooManyRequestsException;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemWriter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Counts all requests of an address, before a token is looked at: also what is refused there costs
 * something.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
@RequiredArgsConstructor
final class AddressLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final ProblemWriter problems;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return RateLimits.isExempt(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            limits.requireOfAddress(request.getRemoteAddr());
        } catch (TooManyRequestsException e) {
            problems.write(ProblemDetailsAdvice.problemOf(e), request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
