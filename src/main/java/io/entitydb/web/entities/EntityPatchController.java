package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
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

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.util.function.Function;

/** Changes to parts of entities, in two languages. */
@RestController
@RequestMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Entities")
class EntityPatchController {

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String ID = "patchEntity";
    private static final String SUMMARY = "Change parts of an entity";
    private static final String DESCRIPTION =
            "As application/json: single tags, in the order set, remove, add. As"
                    + " application/merge-patch+json (RFC 7396): the object {tags, contentType,"
                    + " content}, where JSON content takes part as the value that it is; content"
                    + " that is not mentioned stays byte for byte.";

    private final EntityCommands commands;
    private final EntityAnswers answers;

    @Requires({Right.ENTITY_VIEW, Right.ENTITY_UPDATE})
    @Idempotent
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = ID, summary = SUMMARY, description = DESCRIPTION)
    @Example(request = Samples.TAG_PATCH, answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<EntityDocument> patchTags(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @Valid @RequestBody TagPatch patch,
            Preconditions conditions) {
        return change(
                Datasets.entityKey(dataset, id),
                entity -> EntityDraft.of(patch.applyTo(entity.tags().keySet()), entity.content()),
                conditions);
    }

    @Requires({Right.ENTITY_VIEW, Right.ENTITY_UPDATE})
    @Idempotent
    @PatchMapping(path = "/{id}", consumes = MERGE_PATCH)
    @Operation(operationId = ID, summary = SUMMARY, description = DESCRIPTION)
    @Example(request = Samples.MERGE_PATCH, answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<EntityDocument> merge(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody ObjectNode patch,
            Preconditions conditions) {
        EntityMerge merge = new EntityMerge(patch, answers.maxContentBytes());
        return change(Datasets.entityKey(dataset, id), merge::applyTo, conditions);
    }

    private ResponseEntity<EntityDocument> change(
            EntityKey key, Function<Entity, EntityDraft> change, Preconditions conditions) {
        return EntityAnswers.changed(HttpStatus.OK, commands.change(key, change, conditions));
    }
}
