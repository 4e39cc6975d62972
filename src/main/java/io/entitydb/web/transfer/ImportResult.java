package io.entitydb.web.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;

import io.entitydb.web.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What became of a line.
 *
 * @param line its number, 1 for the first
 * @param id the entity; left out where the line does not tell
 * @param status what was done
 * @param version the version that was made or found; left out if there is none, or in a dry run
 * @param problem why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportResult(
        long line,
        @Nullable String id,
        Status status,
        @Nullable Long version,
        @Nullable TransferProblem problem) {

    /** What was done. */
    enum Status {
        CREATED,
        UPDATED,
        DELETED,
        UNCHANGED,
        FAILED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ImportResult failed(long line, @Nullable String id, Problem problem) {
        return new ImportResult(line, id, Status.FAILED, null, TransferProblem.of(problem));
    }

    /** The same, of something that was only tried out: the version was not made. */
    ImportResult withoutVersion() {
        return new ImportResult(line, id, status, null, problem);
    }
}
