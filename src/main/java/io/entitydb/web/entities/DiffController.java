package io.entitydb.web.entities;

import io.entitydb.entity.EntityKey;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.temporal.AsOf;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons of versions. */
@RestController
@RequestMapping(
        path = ApiPaths.ENTITIES + "/{id}/diff",
        produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Versions")
class DiffController {

    private final DiffQueries queries;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping
    @Operation(
            operationId = "diffVersions",
            summary = "Compare two versions of an entity",
            description =
                    "Tags added and removed, and both contents by their digests. If both are JSON"
                            + " of at most 256 KiB, a JSON Patch (RFC 6902) makes the later one out"
                            + " of the earlier, with every digit; otherwise patchOmitted says why"
                            + " not. A version that says deleted has neither tags nor content.")
    @Example(answer = Samples.DIFF)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.ENTITY_ERASED,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA,
        ProblemType.VERSION_RETIRED
    })
    DiffDocument diff(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @ParameterObject DiffParameters parameters) {
        EntityKey key = Datasets.entityKey(dataset, id);
        return queries.between(key, point("from", parameters.from()), point("to", parameters.to()));
    }

    private static @Nullable AsOf point(String parameter, @Nullable String text) {
        return text == null ? null : EntityQueries.pointOf(parameter, text);
    }
}
