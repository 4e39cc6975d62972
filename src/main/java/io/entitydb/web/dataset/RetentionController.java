package io.entitydb.web.dataset;

import io.entitydb.entity.Entity;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How much of the past a dataset keeps. */
@RestController
@RequestMapping(
        path = ApiPaths.DATASETS + "/{dataset}/retention",
        produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Datasets")
class RetentionController {

    private final RetentionRules rules;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping
    @Operation(
            operationId = "getRetention",
            summary = "Read how much of the past a dataset keeps",
            description = "An object without members: everything.")
    @Example(answer = StoreSamples.RETENTION)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.DATASET_NOT_FOUND, ProblemType.INVALID_QUERY})
    ResponseEntity<RetentionDocument> find(@PathVariable("dataset") String dataset) {
        Datasets.requireOpen(dataset);
        return rules.find(dataset)
                .map(this::answer)
                .orElseGet(() -> ResponseEntity.ok(new RetentionDocument(null, null)));
    }

    @Requires(Right.DATASET_UPDATE)
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putRetention",
            summary = "Say how much of the past a dataset keeps",
            description =
                    "Nothing goes by that alone: a compaction carries the rules out, and tells with"
                            + " dryRun=true beforehand what would go. A version goes if either bound"
                            + " says so; the newest version of an entity never goes.")
    @Example(request = StoreSamples.RETENTION, answer = StoreSamples.RETENTION)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_ENTITY,
        ProblemType.INVALID_QUERY
    })
    ResponseEntity<RetentionDocument> put(
            @PathVariable("dataset") String dataset,
            @RequestBody RetentionDocument rule,
            Preconditions conditions) {
        Datasets.requireOpen(dataset);
        return answer(rules.save(dataset, rule, conditions));
    }

    @Requires(Right.DATASET_UPDATE)
    @DeleteMapping(
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteRetention",
            summary = "Have a dataset keep everything",
            description = "What is gone does not come back.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY
    })
    void delete(@PathVariable("dataset") String dataset, Preconditions conditions) {
        Datasets.requireOpen(dataset);
        rules.delete(dataset, conditions);
    }

    private ResponseEntity<RetentionDocument> answer(Entity rule) {
        return ResponseEntity.ok()
                .eTag(EntityTags.of(rule.version().number()))
                .body(rules.documentOf(rule));
    }
}
