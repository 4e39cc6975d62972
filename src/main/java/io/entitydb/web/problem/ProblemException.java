package io.entitydb.web.problem;

/** Ends a request that cannot be fulfilled with a problem that only the web layer knows. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Ends the request with the problem. */
    public ProblemException(Problem problem) {
        super(problem.type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    /** Ends the request because of the request as a whole. */
    public ProblemException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    /** Ends the request because of one part of it. */
    public ProblemException(ProblemType type, Violation violation) {
        this(Problem.of(type, violation));
    }

    /** The problem. */
    public Problem problem() {
        return problem;
    }
}
