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
import java.time.Duration;

/**
 * Refuses bodies that are larger than allowed: at once where the request says its length, and where
 * it does not, as soon as more has been read. A body that is held in memory has to arrive within a
 * time as well. An import is as long as it is: its lines are limited where they are read.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class BodyLimitFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;
    private final long maxBodyBytes;
    private final Duration bodyTimeout;
    private final long maxContentBytes;

    /**
     * A filter that allows so many bytes.
     *
     * @param maxBodyBytes of a body that is held in memory
     * @param bodyTimeout how long such a body may take to arrive
     * @param maxContentBytes of a content that is received piece by piece
     */
    public BodyLimitFilter(
            ProblemWriter problems, long maxBodyBytes, Duration bodyTimeout, long maxContentBytes) {
        this.problems = problems;
        this.maxBodyBytes = maxBodyBytes;
        this.bodyTimeout = bodyTimeout;
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
        boolean isContent = ApiPaths.isContent(request);
        long maxBytes = isContent ? maxContentBytes : maxBodyBytes;
        if (request.getContentLengthLong() > maxBytes) {
            problems.write(tooLarge(maxBytes), request, response);
        } else {
            Duration longest = isContent ? ReceivedBody.OWN_TIME : bodyTimeout;
            chain.doFilter(new LimitedRequest(request, maxBytes, longest), response);
        }
    }

    static Problem tooLarge(long maxBytes) {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "a body has at most " + maxBytes + " bytes");
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private final long maxBytes;
        private final Duration longest;

        private LimitedRequest(HttpServletRequest request, long maxBytes, Duration longest) {
            super(request);
            this.maxBytes = maxBytes;
            this.longest = longest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInputStream(super.getInputStream(), maxBytes, longest);
        }
    }
}
