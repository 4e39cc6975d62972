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
 * put replacement characters into ids, and so lead to another entity; so would the parameters of
 * paths, which the framework cuts off.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@RequiredArgsConstructor
final class PathEncodingFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (!isText(path) || !isText(request.getQueryString())) {
            refuse("the path or the query is not UTF-8 in percent-encoding", request, response);
        } else if (path.indexOf(';') >= 0) {
            refuse("a path has no parameters; ';' within an id is written %3B", request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(Problem.of(ProblemType.MALFORMED_REQUEST, why), request, response);
    }

    private static boolean isText(@Nullable String encoded) {
        return encoded == null || PercentEncoding.isText(encoded);
    }
}
