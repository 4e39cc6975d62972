package io.entitydb.web.entities;

import io.entitydb.entity.EntityKey;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Origins of the parts of entities. */
@RestController
@RequestMapping(
        path = ApiPaths.ENTITIES + "/{id}/blame",
        produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Versions")
class BlameController {

    private final BlameQueries queries;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping
    @Operation(
            operationId = "blameEntity",
            summary = "Tell who set each tag and the content",
            description =
                    "The version since which the part is there without a break, with its"
                            + " transaction, instant and principal. A deletion that was taken back"
                            + " by restoring is no break.")
    @Example(answer = Samples.BLAME)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.ENTITY_DELETED,
        ProblemType.ENTITY_ERASED,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA,
        ProblemType.VERSION_RETIRED
    })
    BlameDocument blame(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @ParameterObject BlameParameters parameters) {
        EntityKey key = Datasets.entityKey(dataset, id);
        return queries.blame(
                key, parameters.asOf() == null ? null : EntityQueries.pointOf(parameters.asOf()));
    }
}
