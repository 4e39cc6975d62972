package io.entitydb.web.access;

import io.entitydb.entity.EntityDbException;
import io.entitydb.security.RateLimits;
import io.entitydb.security.TooManyRequestsException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.ProblemWriter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

import java.io.IOException;

/** Answers with problem documents what is refused before it reaches a controller. */
@Component
@RequiredArgsConstructor
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** Source: RFC 6750, section 3. */
    private static final String CHALLENGE = "Bearer";

    private static final String INVALID = "Bearer error=\"invalid_token\"";

    private final ProblemWriter problems;
    private final RateLimits limits;

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException error)
            throws IOException {
        switch (error) {
            case AuthenticationServiceException outage ->
                    problems.write(unavailable(outage), request, response);
            case TooManyRequestsException tooMany ->
                    problems.write(ProblemDetailsAdvice.problemOf(tooMany), request, response);
            case InvalidBearerTokenException invalid -> invalid(invalid, request, response);
            default -> unknown(error, request, response);
        }
    }

    /** A token that is not accepted counts as none: whoever tries many waits. */
    private void invalid(
            InvalidBearerTokenException error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            limits.requireOfStranger(request.getRemoteAddr());
        } catch (TooManyRequestsException e) {
            problems.write(ProblemDetailsAdvice.problemOf(e), request, response);
            return;
        }
        unknown(error, request, response);
    }

    private void unknown(
            AuthenticationException error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean hasNone = error instanceof InsufficientAuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, hasNone ? CHALLENGE : INVALID);
        String detail =
                hasNone
                        ? "a token is needed: Authorization: Bearer …, from POST"
                                + " /api/v1/auth/tokens"
                        : "the token is not valid, or no longer";
        problems.write(Problem.of(ProblemType.UNAUTHENTICATED, detail), request, response);
    }

    private static Problem unavailable(AuthenticationException error) {
        return switch (error.getCause()) {
            case StorageException cause -> ProblemDetailsAdvice.problemOf(cause);
            case EntityDbException cause -> ProblemDetailsAdvice.problemOf(cause);
            case null, default ->
                    Problem.of(
                            ProblemType.AUTHENTICATION_UNAVAILABLE,
                            String.valueOf(error.getMessage()));
        };
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException error)
            throws IOException {
        problems.write(
                Problem.of(ProblemType.ACCESS_DENIED, "this needs the permission store:view"),
                request,
                response);
    }
}
