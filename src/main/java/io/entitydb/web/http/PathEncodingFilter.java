package io.entitydb.web.http;

import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.ProblemWriter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Refuses paths and queries that are not UTF-8 in percent-encoding. What decodes them later would
 * put replacement characters into ids, and so lead to another entity.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@RequiredArgsConstructor
final class PathEncodingFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isText(request.getRequestURI()) && isText(request.getQueryString())) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "the path or the query is not UTF-8 in percent-encoding"),
                    request,
                    response);
        }
    }

    private static boolean isText(@Nullable String encoded) {
        return encoded == null || PercentEncoding.isText(encoded);
    }
}
