package io.entitydb.web.problem;

import java.util.List;

/**
 * What went wrong with one request.
 *
 * @param type the kind of problem
 * @param detail what, where, with which numbers; for the client's eyes
 * @param violations the parts of the request that are at fault, if any are
 * @param retryAfterSeconds after how many seconds a retry may help; 0 if it will not
 */
public record Problem(
        ProblemType type, String detail, List<Violation> violations, int retryAfterSeconds) {

    /** Copies the violations. */
    public Problem {
        violations = List.copyOf(violations);
    }

    /** A problem after which a retry may help when it mostly does. */
    public Problem(ProblemType type, String detail, List<Violation> violations) {
        this(type, detail, violations, type.retryAfterSeconds());
    }

    /** A problem of the request as a whole, or of the service. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of());
    }

    /** A problem of one part of the request. */
    public static Problem of(ProblemType type, Violation violation) {
        return new Problem(type, violation.detail(), List.of(violation));
    }

    /**
     * The same problem of a part of the body.
     *
     * @param pointer where the part stands; what points into it points into the body then
     */
    public Problem under(String pointer) {
        List<Violation> moved =
                violations.stream().map(violation -> violation.under(pointer)).toList();
        return new Problem(type, detail, moved, retryAfterSeconds);
    }

    /** The same problem, after which a retry may help when so many seconds have passed. */
    public Problem after(int seconds) {
        return new Problem(type, detail, violations, seconds);
    }
}
