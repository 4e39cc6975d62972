package io.entitydb.web.problem;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.VersionConflictException;

/** The problems that entities and questions about them are refused with. */
public final class EntityProblems {

    private EntityProblems() {}

    /** The problem that an exception tells of. */
    public static Problem of(EntityDbException error) {
        String detail = String.valueOf(error.getMessage());
        return switch (error) {
            case NotFoundException e -> Problem.of(typeOf(e), detail);
            case VersionConflictException e -> Problem.of(ProblemType.VERSION_CONFLICT, detail);
            case PreconditionFailedException e ->
                    Problem.of(ProblemType.PRECONDITION_FAILED, detail);
            case AccessDeniedException e -> Problem.of(ProblemType.ACCESS_DENIED, detail);
            case InvalidEntityException e ->
                    Problem.of(ProblemType.INVALID_ENTITY, Violation.inBody(e.pointer(), detail));
            case InvalidQueryException e ->
                    Problem.of(
                            ProblemType.INVALID_QUERY,
                            Violation.inParameter(e.parameter(), detail));
        };
    }

    private static ProblemType typeOf(NotFoundException error) {
        return switch (error.code()) {
            case "entity-deleted" -> ProblemType.ENTITY_DELETED;
            case "entity-erased" -> ProblemType.ENTITY_ERASED;
            case "version-retired" -> ProblemType.VERSION_RETIRED;
            case "version-not-found" -> ProblemType.VERSION_NOT_FOUND;
            case "dataset-not-found" -> ProblemType.DATASET_NOT_FOUND;
            default -> ProblemType.ENTITY_NOT_FOUND;
        };
    }
}
