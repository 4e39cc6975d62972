package io.entitydb.web.transactions;

import io.entitydb.entity.EntityDbException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.web.problem.EntityProblems;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import java.util.List;
import java.util.function.Supplier;

/**
 * Makes problems of operations problems of the transaction: pointers lead to the operation, and
 * what an operation does not find does not mean that the transaction was not found.
 */
final class OperationProblems {

    private OperationProblems() {}

    /** Does a part of an operation; what is wrong with it ends in a problem that points to it. */
    static <T> T within(int index, Supplier<T> work) {
        try {
            return work.get();
        } catch (EntityDbException e) {
            throw new ProblemException(at(index, "", EntityProblems.of(e)));
        } catch (ProblemException e) {
            throw new ProblemException(at(index, "", e.problem()));
        } catch (DamagedEntityException e) {
            throw new ProblemException(
                    at(
                            index,
                            "/id",
                            Problem.of(
                                    ProblemType.ENTITY_DAMAGED,
                                    "the newest version does not verify, so nothing can be built"
                                            + " on it; nothing was written")));
        }
    }

    /**
     * A problem of an operation.
     *
     * @param member the member of the operation that a problem of it as a whole is about; empty for
     *     all of it
     */
    static Problem at(int index, String member, Problem problem) {
        String pointer = "/operations/" + index;
        ProblemType type = typeOf(problem);
        if (type != problem.type()) {
            Violation cause = Violation.inBody(pointer + member, problem.detail(), problem.type());
            return new Problem(type, pointer + ": " + problem.detail(), List.of(cause));
        }
        List<Violation> violations =
                problem.violations().isEmpty()
                        ? List.of(Violation.inBody(member, problem.detail()))
                        : problem.violations().stream().map(OperationProblems::inBody).toList();
        return new Problem(type, pointer + ": " + problem.detail(), violations).under(pointer);
    }

    private static ProblemType typeOf(Problem problem) {
        HttpStatus status = problem.type().status();
        boolean isMissing = status == HttpStatus.NOT_FOUND || status == HttpStatus.GONE;
        return isMissing ? ProblemType.OPERATION_FAILED : problem.type();
    }

    /** What is a header of a request of its own is a member of an operation. */
    private static Violation inBody(Violation violation) {
        String member = memberOf(violation);
        return member == null ? violation : Violation.inBody(member, violation.detail());
    }

    private static @Nullable String memberOf(Violation violation) {
        return switch (violation.header()) {
            case null -> null;
            case HttpHeaders.IF_MATCH -> "/ifMatch";
            case HttpHeaders.IF_NONE_MATCH -> "/ifNoneMatch";
            default -> null;
        };
    }
}
