package io.entitydb.web.problem;

import io.entitydb.security.SecurityHeaders;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Writes problems into answers where no controller is at work: in filters and in the server. */
@Component
@RequiredArgsConstructor
public final class ProblemWriter {

    private final JsonMapper json;

    /** Makes the problem the whole answer. The answer must not have been sent in part. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ProblemType type = problem.type();
        byte[] body = json.writeValueAsBytes(ProblemDocument.of(problem, request));
        response.resetBuffer();
        response.setStatus(type.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SecurityHeaders.complete(response);
        if (problem.retryAfterSeconds() > 0) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
