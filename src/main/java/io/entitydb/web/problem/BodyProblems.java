package io.entitydb.web.problem;

import io.entitydb.entity.EntityDbException;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what is wrong with a body that could not be read, without words of the program. */
public final class BodyProblems {

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException error) {
        return switch (error.getCause()) {
            case null -> Problem.of(ProblemType.MISSING_BODY, "this request needs a body");
            case JacksonException e -> of(e);
            default -> Problem.of(ProblemType.MALFORMED_REQUEST, "the body could not be read");
        };
    }

    /** The problem of JSON that could not be read as what it should be. */
    public static Problem of(JacksonException error) {
        return switch (error) {
            case UnrecognizedPropertyException e ->
                    Problem.of(
                            ProblemType.UNKNOWN_FIELD,
                            Violation.inBody(pointer(e), "unknown field; " + known(e)));
            case StreamReadException e -> Problem.of(ProblemType.MALFORMED_JSON, malformed(e));
            case MismatchedInputException e ->
                    Problem.of(ProblemType.INVALID_BODY, Violation.inBody(pointer(e), expected(e)));
            case StreamConstraintsException e ->
                    Problem.of(
                            ProblemType.INVALID_BODY,
                            Violation.inBody(
                                    pointer(e),
                                    "nested too deep, or a number or name is too long"));
            case JacksonIOException e ->
                    Problem.of(ProblemType.MALFORMED_REQUEST, "the body could not be read");
            default ->
                    Problem.of(
                            ProblemType.INVALID_BODY,
                            Violation.inBody(pointer(error), "the value does not fit"));
        };
    }

    /** The problem that the reading of a body was ended with; null if it ended otherwise. */
    static @Nullable Throwable causeOf(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException || cause instanceof EntityDbException) {
                return cause;
            }
        }
        return null;
    }

    private static String pointer(JacksonException error) {
        JsonPointer pointer = JsonPointer.empty();
        for (JacksonException.Reference reference : error.getPath()) {
            pointer =
                    reference.getPropertyName() == null
                            ? pointer.appendIndex(Math.max(0, reference.getIndex()))
                            : pointer.appendProperty(reference.getPropertyName());
        }
        return pointer.toString();
    }

    private static String known(UnrecognizedPropertyException error) {
        Collection<Object> known = error.getKnownPropertyIds();
        return "known are "
                + (known == null
                        ? "none"
                        : known.stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private static String malformed(StreamReadException error) {
        TokenStreamLocation location = error.getLocation();
        String where =
                location == null
                        ? ""
                        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return "not JSON in UTF-8, or a member twice" + where;
    }

    private static String expected(MismatchedInputException error) {
        Class<?> target = error.getTargetType();
        if (target == null) {
            return "the value does not fit";
        }
        if (CharSequence.class.isAssignableFrom(target)) {
            return "a string is expected";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "true or false is expected";
        }
        if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
            return "a number is expected";
        }
        if (Collection.class.isAssignableFrom(target) || target.isArray()) {
            return "an array is expected";
        }
        if (Map.class.isAssignableFrom(target) || target.isRecord()) {
            return "an object is expected";
        }
        return "the value does not fit";
    }
}
