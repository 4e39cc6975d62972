package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.idempotency.Idempotent;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
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
import org.springframework.web.bind.annotation.RestController;

/** Goes back to earlier versions. */
@RestController
@RequestMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Entities")
class RevertController {

    private final RevertCommand command;

    @Requires({Right.ENTITY_VIEW, Right.ENTITY_UPDATE})
    @Idempotent
    @PostMapping(path = "/{id}" + EntityVerbs.REVERT, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "revertEntity",
            summary = "Go back to an earlier version",
            description =
                    "Makes a version with the tags and the content of an earlier one. Tags that"
                            + " are there already keep their times. A deleted entity is restored"
                            + " first.")
    @Example(request = Samples.REVERT, answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.ENTITY_DAMAGED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA
    })
    ResponseEntity<EntityDocument> revert(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @Valid @RequestBody RevertRequest body,
            Preconditions conditions,
            HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        EntityVerbs.require(EntityVerbs.REVERT, request);
        EntityKey key = Datasets.entityKey(dataset, id);
        AsOf point = RevertCommand.pointOf(body.to());
        Entity entity = command.revert(key, point, conditions);
        return EntityAnswers.changed(HttpStatus.OK, entity);
    }
}
