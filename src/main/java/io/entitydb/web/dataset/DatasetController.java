package io.entitydb.web.dataset;

import io.entitydb.entity.Entity;
import io.entitydb.security.Access;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Datasets. */
@RestController
@RequestMapping(path = ApiPaths.DATASETS, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(
        name = "Datasets",
        description = "Entities live in datasets; the dataset default always exists")
class DatasetController {

    private final DatasetCommands commands;
    private final DatasetQueries queries;
    private final Access access;

    @Requires
    @GetMapping
    @Operation(
            operationId = "listDatasets",
            summary = "List the datasets",
            description = "First default, then the others by name.")
    @Example(answer = Samples.DATASETS)
    @Problems({ProblemType.INVALID_QUERY, ProblemType.SEARCH_UNAVAILABLE})
    PageDocument<DatasetDocument> list(
            @Parameter(description = PageParameters.LIMIT)
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = PageParameters.CURSOR)
                    @RequestParam(name = "cursor", required = false)
                    @Nullable String cursor) {
        return queries.list(PageParameters.of(limit, cursor, null).limit(), cursor);
    }

    @Requires
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createDataset",
            summary = "Make a dataset",
            description = "The name system is reserved.")
    @Example(request = Samples.DATASET_REQUEST, answer = Samples.DATASET)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.DATASET_EXISTS})
    ResponseEntity<DatasetDocument> create(@Valid @RequestBody DatasetRequest request) {
        Datasets.requireOpen(request.name());
        access.require(Right.DATASET_CREATE, request.name());
        Entity dataset = commands.create(request.name());
        return ResponseEntity.created(ApiPaths.dataset(request.name()))
                .eTag(EntityTags.of(dataset.version().number()))
                .body(DatasetDocument.of(dataset));
    }

    @Requires
    @GetMapping("/{dataset}")
    @Operation(operationId = "getDataset", summary = "Read a dataset")
    @Example(answer = Samples.DATASET)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.DATASET_NOT_FOUND, ProblemType.INVALID_QUERY})
    ResponseEntity<DatasetDocument> find(@PathVariable("dataset") String name) {
        Datasets.requireOpen(name);
        queries.requireReach(name);
        if (name.equals(Datasets.DEFAULT)) {
            return ResponseEntity.ok(DatasetDocument.DEFAULT);
        }
        Entity dataset = queries.find(name);
        return ResponseEntity.ok()
                .eTag(EntityTags.of(dataset.version().number()))
                .body(DatasetDocument.of(dataset));
    }

    @Requires(Right.DATASET_DELETE)
    @DeleteMapping(
            path = "/{dataset}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteDataset",
            summary = "Delete a dataset",
            description =
                    "Only one without living entities. The history of deleted entities stays, and is"
                            + " there again when a dataset of that name is made anew.")
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.DATASET_NOT_EMPTY,
        ProblemType.VERSION_CONFLICT,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    void delete(@PathVariable("dataset") String name, Preconditions conditions) {
        Datasets.requireOpen(name);
        commands.delete(name, conditions);
    }
}
