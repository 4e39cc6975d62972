package io.entitydb.web.problem;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says in the words of this interface what the web framework refused. */
final class FrameworkProblems {

    /** What a client is told of a fault of the service. */
    static final String FAULT = "a fault of the service; its log knows more under the trace id";

    private static final String MALFORMED =
            "the request line, a header or the body breaks the rules of HTTP, or is larger than"
                    + " allowed";

    private FrameworkProblems() {}

    /**
     * The problem behind an exception of the framework.
     *
     * @param status the status that the framework itself would answer
     */
    static Problem of(Exception error, HttpStatusCode status) {
        return switch (error) {
            case HttpMessageNotReadableException e -> BodyProblems.of(e);
            case MethodArgumentNotValidException e -> invalidBody(e);
            case TypeMismatchException e ->
                    Problem.of(
                            ProblemType.INVALID_QUERY,
                            Violation.inParameter(
                                    String.valueOf(e.getPropertyName()), expected(e)));
            case HttpRequestMethodNotSupportedException e ->
                    Problem.of(
                            ProblemType.METHOD_NOT_ALLOWED,
                            e.getMethod() + " is not one of the methods of this resource");
            case HttpMediaTypeNotSupportedException e ->
                    Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "the body must be " + names(e.getSupportedMediaTypes()));
            case HttpMediaTypeNotAcceptableException e ->
                    Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "offered is " + names(e.getSupportedMediaTypes()));
            case MissingRequestValueException e ->
                    Problem.of(ProblemType.INVALID_QUERY, "a required value is missing");
            case AsyncRequestTimeoutException e ->
                    Problem.of(ProblemType.TIMEOUT, "the answer was not ready in time");
            default -> of(status);
        };
    }

    /** The problem that a bare status tells of. */
    static Problem of(HttpStatusCode status) {
        return switch (status.value()) {
            case 403 -> Problem.of(ProblemType.ACCESS_DENIED, "this is not allowed");
            case 404 -> Problem.of(ProblemType.PATH_NOT_FOUND, "no resource has this path");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the method is not allowed");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "no acceptable type is offered");
            case 412 -> Problem.of(ProblemType.PRECONDITION_FAILED, "a condition does not hold");
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "the body is too large");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "the path is too long");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the type is not supported");
            case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "the headers are too large");
            case 501 -> Problem.of(ProblemType.NOT_IMPLEMENTED, "the method is not known");
            case 505 -> Problem.of(ProblemType.HTTP_VERSION, "the server speaks HTTP/1.1");
            case 503 -> Problem.of(ProblemType.SERVICE_UNAVAILABLE, "the service is not ready");
            default ->
                    status.is4xxClientError()
                            ? Problem.of(ProblemType.MALFORMED_REQUEST, MALFORMED)
                            : Problem.of(ProblemType.INTERNAL_ERROR, FAULT);
        };
    }

    private static Problem invalidBody(MethodArgumentNotValidException error) {
        List<Violation> violations =
                error.getFieldErrors().stream().map(FrameworkProblems::violation).toList();
        String detail =
                violations.stream()
                        .map(violation -> violation.pointer() + ": " + violation.detail())
                        .collect(Collectors.joining("; "));
        return new Problem(ProblemType.INVALID_BODY, detail, violations);
    }

    private static Violation violation(FieldError error) {
        String pointer = "/" + error.getField().replace("].", "/").replaceAll("[.\\[]", "/");
        return Violation.inBody(
                pointer.replace("]", ""),
                Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid"));
    }

    private static String expected(TypeMismatchException error) {
        Class<?> type = error.getRequiredType();
        boolean isNumber =
                type != null && (type.isPrimitive() || Number.class.isAssignableFrom(type));
        return isNumber ? "a whole number is expected" : "the value does not fit";
    }

    private static String names(List<MediaType> types) {
        return types.stream()
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}
