package io.entitydb.web.http;

import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.ProblemWriter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Refuses bodies that are larger than allowed: at once where the request says its length, and where
 * it does not, as soon as more has been read. An import is as long as it is: its lines are limited
 * where they are read.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class BodyLimitFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;
    private final long maxBodyBytes;
    private final long maxContentBytes;

    /**
     * A filter that allows so many bytes.
     *
     * @param maxBodyBytes of a body that is held in memory
     * @param maxContentBytes of a content that is received piece by piece
     */
    public BodyLimitFilter(ProblemWriter problems, long maxBodyBytes, long maxContentBytes) {
        this.problems = problems;
        this.maxBodyBytes = maxBodyBytes;
        this.maxContentBytes = maxContentBytes;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (ApiPaths.isImport(request)) {
            chain.doFilter(request, response);
            return;
        }
        long maxBytes = ApiPaths.isContent(request) ? maxContentBytes : maxBodyBytes;
        if (request.getContentLengthLong() > maxBytes) {
            problems.write(tooLarge(maxBytes), request, response);
        } else {
            chain.doFilter(new LimitedRequest(request, maxBytes), response);
        }
    }

    static Problem tooLarge(long maxBytes) {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "a body has at most " + maxBytes + " bytes");
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private final long maxBytes;

        private LimitedRequest(HttpServletRequest request, long maxBytes) {
            super(request);
            this.maxBytes = maxBytes;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInputStream(super.getInputStream(), maxBytes);
        }
    }
}
