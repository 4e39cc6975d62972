package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.AcceptDatetime;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.idempotency.Idempotent;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;

/** Entities. */
@RestController
@RequestMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Entities", description = "Tags and content under an id; every change makes a version")
class EntityController {

    private final EntityCommands commands;
    private final EntityQueries queries;
    private final EntityAnswers answers;
    private final UuidV7 ids = new UuidV7(Clock.systemUTC());

    @Requires(Right.ENTITY_CREATE)
    @Idempotent
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createEntity",
            summary = "Create an entity",
            description = "Under the id of the body, or one that the service makes.")
    @Example(request = Samples.ENTITY_REQUEST, answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<EntityDocument> create(
            @PathVariable("dataset") String dataset, @RequestBody EntityRequest request) {
        Datasets.requireOpen(dataset);
        String id = request.id() == null ? ids.next() : request.id();
        EntityKey key = new EntityKey(dataset, id);
        Entity entity = commands.create(key, Drafts.of(request));
        return EntityAnswers.created(entity);
    }

    @Requires({Right.ENTITY_CREATE, Right.ENTITY_UPDATE})
    @Idempotent
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putEntity",
            summary = "Create or replace an entity",
            description =
                    "If-None-Match: * only creates, If-Match only replaces that version. Without a"
                            + " condition the last writer wins.")
    @Example(request = Samples.ENTITY_REPLACEMENT, answer = Samples.ENTITY, mayCreate = true)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<EntityDocument> put(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody EntityRequest request,
            Preconditions conditions) {
        EntityKey key = Datasets.entityKey(dataset, id);
        if (request.id() != null && !request.id().equals(id)) {
            throw new InvalidEntityException("/id", "the id is not that of the path");
        }
        EntityDraft draft = Drafts.of(request);
        EntityCommands.Put put = commands.put(key, draft, conditions);
        return put.isCreated()
                ? EntityAnswers.created(put.entity())
                : EntityAnswers.changed(HttpStatus.OK, put.entity());
    }

    @Requires(Right.ENTITY_VIEW)
    @GetMapping("/{id}")
    @Operation(
            operationId = "getEntity",
            summary = "Read an entity",
            description =
                    "As it is, or as it was at a point of the past. HEAD does the same. The entity"
                            + " is its own TimeGate (RFC 7089): with Accept-Datetime the answer is"
                            + " the version in force then, named by Content-Location; before the"
                            + " first version the first, after the newest the newest.")
    @AcceptsDatetime
    @Example(answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA,
        ProblemType.VERSION_RETIRED
    })
    ResponseEntity<EntityDocument> find(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @ParameterObject ReadParameters parameters,
            Preconditions conditions,
            HttpServletRequest request) {
        EntityKey key = Datasets.entityKey(dataset, id);
        Timestamp preferred = AcceptDatetime.read(request);
        requireOnePoint(parameters.asOf(), preferred, conditions);
        Entity entity;
        if (parameters.asOf() != null) {
            entity = queries.find(key, EntityQueries.pointOf(parameters.asOf()));
        } else {
            entity = preferred == null ? queries.find(key) : queries.choose(key, preferred);
        }
        if (conditions.isKnown(entity)) {
            return EntityAnswers.tagged(HttpStatus.NOT_MODIFIED, entity).build();
        }
        return EntityAnswers.tagged(HttpStatus.OK, entity)
                .body(answers.show(entity, parameters.fields(), parameters.content()));
    }

    /** A condition is about the present, and nothing is read at two points of time. */
    private static void requireOnePoint(
            @Nullable String asOf, @Nullable Timestamp preferred, Preconditions conditions) {
        if (asOf != null && preferred != null) {
            throw new InvalidQueryException(
                    "asOf", "contradicts " + AcceptDatetime.NAME + ": leave out one of them");
        }
        if (conditions.ifMatch() != null && asOf != null) {
            throw new InvalidQueryException(
                    "asOf", "contradicts If-Match, which is about the present");
        }
        if (conditions.ifMatch() != null && preferred != null) {
            throw new ProblemException(
                    ProblemType.INVALID_QUERY,
                    Violation.inHeader(
                            AcceptDatetime.NAME,
                            "contradicts If-Match, which is about the present"));
        }
    }

    @Requires(Right.ENTITY_DELETE)
    @Idempotent
    @DeleteMapping(
            path = "/{id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteEntity",
            summary = "Delete an entity",
            description = "Makes a version that says deleted; the history stays.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.ENTITY_ERASED
    })
    void delete(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            Preconditions conditions) {
        commands.delete(Datasets.entityKey(dataset, id), conditions);
    }

    @Requires({Right.ENTITY_VIEW, Right.ENTITY_UPDATE})
    @Idempotent
    @PostMapping("/{id}" + EntityVerbs.RESTORE)
    @Operation(
            operationId = "restoreEntity",
            summary = "Restore a deleted entity",
            description = "Brings it back as it stood before its deletion.")
    @Example(answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.ENTITY_ERASED
    })
    ResponseEntity<EntityDocument> restore(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            Preconditions conditions,
            HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        EntityVerbs.require(EntityVerbs.RESTORE, request);
        Entity entity = commands.restore(Datasets.entityKey(dataset, id), conditions);
        return EntityAnswers.changed(HttpStatus.OK, entity);
    }
}
