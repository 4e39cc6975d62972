package io.entitydb.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.Violation;

import java.util.List;

/**
 * What is wrong with a line, or what ended a stream.
 *
 * @param code stable name of the kind of problem
 * @param detail what happened
 * @param errors the parts of the line that are at fault; left out if none are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TransferProblem(String code, String detail, List<Violation> errors) {

    /** Copies the errors. */
    TransferProblem {
        errors = List.copyOf(errors);
    }

    static TransferProblem of(Problem problem) {
        return new TransferProblem(problem.type().code(), problem.detail(), problem.violations());
    }
}
