package io.entitydb.web.access;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.QueryText;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditEvent;
import io.entitydb.security.AuditTrail;
import io.entitydb.web.http.PageParameters;
import io.swagger.v3.oas.annotations.Parameter;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which events of the audit trail are wanted, as a query says it.
 *
 * @param action what was done
 * @param result how it ended
 * @param principal who did it
 * @param from the first instant
 * @param to the first instant that is not wanted any more
 * @param limit most events of the page
 * @param cursor where it goes on
 */
record AuditParameters(
        @Parameter(description = "What was done, such as login or user-change")
                @Nullable String action,
        @Parameter(description = "done, refused or failed") @Nullable String result,
        @Parameter(description = "Who did it") @Nullable String principal,
        @Parameter(description = "Not before this instant") @Nullable String from,
        @Parameter(description = "Before this instant") @Nullable String to,
        @Parameter(description = PageParameters.LIMIT) @Nullable String limit,
        @Parameter(description = PageParameters.CURSOR) @Nullable String cursor) {

    /**
     * What is wanted.
     *
     * @throws InvalidQueryException naming the parameter with a wrong value
     */
    AuditTrail.Wanted wanted() {
        Condition times =
                QueryText.range(
                        Condition.Time.CREATED,
                        new QueryText.Named<>("from", from),
                        new QueryText.Named<>("to", to));
        return new AuditTrail.Wanted(
                action == null ? null : action(action),
                result == null ? null : result(result),
                principal == null ? null : principal(principal),
                times);
    }

    private static AuditAction action(String text) {
        return AuditAction.of(text)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "action",
                                        "an action is one of "
                                                + Arrays.stream(AuditAction.values())
                                                        .map(AuditAction::label)
                                                        .collect(Collectors.joining(", "))));
    }

    private static AuditEvent.Result result(String text) {
        return AuditEvent.Result.of(text)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "result", "a result is done, refused or failed"));
    }

    private static Tag principal(String text) {
        try {
            return AuditTrail.principal(text);
        } catch (InvalidEntityException e) {
            throw new InvalidQueryException("principal", "nobody can have this name");
        }
    }
}
