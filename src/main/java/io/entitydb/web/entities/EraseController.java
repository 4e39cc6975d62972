package io.entitydb.web.entities;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.operations.OperationController;
import io.entitydb.web.operations.OperationDocument;
import io.entitydb.web.operations.Operations;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases entities. */
@RestController
@RequestMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Entities")
class EraseController {

    private final EntityErasure erasure;
    private final Operations operations;

    @Requires(Right.ENTITY_ERASE)
    @PostMapping(path = "/{id}" + EntityVerbs.ERASE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "eraseEntity",
            summary = "Erase an entity with all of its past",
            description =
                    "Destroys tags and content of all versions in the data file, and cannot be"
                            + " undone. What stays: dataset, id, and the numbers, times, principals"
                            + " and digests of the versions. Reading it answers 410 from then on.")
    @Example(request = StoreSamples.ERASURE_REQUEST, answer = StoreSamples.ERASURE)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<OperationDocument> erase(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @Valid @RequestBody EraseRequest body,
            HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        EntityVerbs.require(EntityVerbs.ERASE, request);
        EntityKey key = Datasets.entityKey(dataset, id);
        if (!body.confirm().equals(id)) {
            throw new InvalidEntityException(
                    "/confirm", "must be the id of the entity that is to be erased: " + id);
        }
        return OperationController.accepted(
                operations.done(
                        "erasure", Right.ENTITY_ERASE, dataset, erasure.erase(key, body.reason())));
    }
}
