package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param type {@code urn:entitydb:problem:} and the code
 * @param title the kind of problem, for people
 * @param status the status of the answer
 * @param detail what it was this time, for people
 * @param instance the path of the request
 * @param code name of the kind, which does not change; empty if it was not the service that
 *     answered
 * @param traceId names the request in the log of the service
 * @param errors the parts of the request at fault
 */
public record Problem(
        @Nullable URI type,
        @Nullable String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable String traceId,
        List<Violation> errors) {

    /** What other answers leave out is empty. */
    public Problem {
        detail = detail == null ? "" : detail;
        code = code == null ? "" : code;
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * A part of the request at fault. Exactly one of the first three says which.
     *
     * @param pointer JSON pointer (RFC 6901) into the body
     * @param parameter name of a parameter of the query or the path
     * @param header name of a header
     * @param detail the rule that it breaks
     * @param code name of the kind of problem, where it is not that of the document
     */
    public record Violation(
            @Nullable String pointer,
            @Nullable String parameter,
            @Nullable String header,
            String detail,
            @Nullable String code) {}
}
