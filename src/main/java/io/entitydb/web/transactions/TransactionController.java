package io.entitydb.web.transactions;

import io.entitydb.security.Requires;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Flags;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.idempotency.Idempotent;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.TransactionSamples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Transactions. */
@RestController
@RequestMapping(path = ApiPaths.TRANSACTIONS, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Transactions", description = "Changes that are made together or not at all")
class TransactionController {

    private static final int MAX_DIGITS = 18;

    private final TransactionCommands commands;
    private final TransactionQueries queries;

    @Requires
    @Idempotent
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "makeTransaction",
            summary = "Change several entities together",
            description =
                    "All operations or none, across datasets. All conditions are about the state"
                            + " before the transaction, and hold until the commit. Problems point"
                            + " to the operation.")
    @Example(request = TransactionSamples.REQUEST, answer = TransactionSamples.ANSWER)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.OPERATION_FAILED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.ENTITY_DAMAGED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    TransactionAnswer make(
            @Parameter(
                            description = "true: do all but the commit",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"true", "false"}))
                    @RequestParam(name = "dryRun", required = false)
                    @Nullable String dryRun,
            @Valid @RequestBody TransactionRequest request) {
        return Flags.parse("dryRun", dryRun) ? commands.tryOut(request) : commands.make(request);
    }

    @Requires
    @GetMapping("/{transaction}")
    @Operation(
            operationId = "getTransaction",
            summary = "Read what a transaction did",
            description =
                    "Who made it, when and why, the versions that it made page by page, and the"
                            + " digest of all history up to it.")
    @Example(answer = TransactionSamples.TRANSACTION)
    @Problems({
        ProblemType.TRANSACTION_NOT_FOUND,
        ProblemType.TRANSACTION_LOST,
        ProblemType.CORRUPT_DATA,
        ProblemType.INVALID_QUERY,
        ProblemType.TIMEOUT
    })
    TransactionDocument find(
            @PathVariable("transaction") String transaction,
            @Parameter(description = "Most changes of the page, 1 to 1000; 50 if left out")
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = PageParameters.CURSOR)
                    @RequestParam(name = "cursor", required = false)
                    @Nullable String cursor) {
        return queries.find(
                PageParameters.number("transaction", transaction, MAX_DIGITS),
                PageParameters.of(limit, cursor, null));
    }
}
