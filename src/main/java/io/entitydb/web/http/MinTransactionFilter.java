package io.entitydb.web.http;

import io.entitydb.entity.EntityRepository;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.ProblemWriter;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lets a request wait until the transaction that it wants to see is visible, so that a client may
 * rely on what it was told elsewhere. The wait is bounded; after it the client is asked to come
 * back.
 */
@Component
@RequiredArgsConstructor
public final class MinTransactionFilter extends OncePerRequestFilter {

    /** The name of the header. */
    public static final String NAME = "EntityDB-Min-Transaction";

    /** How long a request waits: a commit that is on its way takes a fraction of it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final EntityRepository repository;
    private final ProblemWriter problems;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(NAME) == null
                || !request.getRequestURI().startsWith(ApiPaths.ROOT + "/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> values = Collections.list(request.getHeaders(NAME));
        if (values.size() > 1 || !NUMBER.matcher(values.getFirst()).matches()) {
            Violation violation =
                    Violation.inHeader(NAME, "the number of one transaction is expected");
            problems.write(Problem.of(ProblemType.MALFORMED_REQUEST, violation), request, response);
        } else if (isVisible(Long.parseLong(values.getFirst()))) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    Problem.of(
                            ProblemType.TRANSACTION_NOT_VISIBLE,
                            "transaction " + values.getFirst() + " is not visible yet"),
                    request,
                    response);
        }
    }

    private boolean isVisible(long sequence) {
        try {
            return repository.await(sequence, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
