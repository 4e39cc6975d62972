package io.entitydb.web.operations;

import io.entitydb.security.Requires;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Operations. */
@RestController
@RequestMapping(path = ApiPaths.OPERATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Operations", description = "Work that takes longer than a request")
public class OperationController {

    private final Operations operations;

    @Requires
    @GetMapping
    @Operation(
            operationId = "listOperations",
            summary = "List the operations",
            description = "Those that run, and the last 1,000 that have ended; the newest first.")
    @Example(answer = StoreSamples.OPERATIONS)
    @Problems({})
    OperationList list() {
        return new OperationList(operations.list());
    }

    /**
     * Operations.
     *
     * @param items the operations
     */
    public record OperationList(List<OperationDocument> items) {}

    @Requires
    @GetMapping("/{operation}")
    @Operation(
            operationId = "getOperation",
            summary = "Read an operation",
            description = "After a restart of the service operations are forgotten.")
    @Example(answer = StoreSamples.OPERATION)
    @Problems({ProblemType.OPERATION_NOT_FOUND})
    OperationDocument find(@PathVariable("operation") String id) {
        return operations
                .find(id)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.OPERATION_NOT_FOUND,
                                        "no operation " + id + " is remembered"));
    }

    /** Tells where an operation that was begun can be watched. */
    public static ResponseEntity<OperationDocument> accepted(OperationDocument operation) {
        return ResponseEntity.accepted()
                .location(ApiPaths.operation(operation.id()))
                .body(operation);
    }
}
