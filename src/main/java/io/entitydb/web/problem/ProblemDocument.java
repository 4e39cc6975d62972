package io.entitydb.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import java.net.URI;
import java.util.List;

/**
 * A problem as it is written into an answer.
 *
 * <p><b>Source:</b> RFC 9457, with the members {@code code}, {@code traceId} and {@code errors}.
 *
 * @param type identifies the kind of problem
 * @param title the kind of problem in a few words
 * @param status the status of the answer
 * @param detail what happened to this request
 * @param instance the path of the request, as it was sent
 * @param code stable name of the kind of problem
 * @param traceId finds the request in the log
 * @param errors the parts of the request that are at fault; left out if none are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem", description = "Problem details (RFC 9457)")
public record ProblemDocument(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String traceId,
        List<Violation> errors) {

    /** The document of a problem that a request met. */
    public static ProblemDocument of(Problem problem, HttpServletRequest request) {
        Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = refused instanceof String known ? known : request.getRequestURI();
        return of(problem, path == null ? "" : path, TraceId.of(request));
    }

    /** The document of a problem that a request for a path met. */
    public static ProblemDocument of(Problem problem, String instance, String traceId) {
        ProblemType type = problem.type();
        return new ProblemDocument(
                type.uri(),
                type.title(),
                type.status().value(),
                problem.detail(),
                instance,
                type.code(),
                traceId,
                problem.violations());
    }
}
