package io.entitydb.web.tags;

import io.entitydb.query.NamespaceCount;
import io.entitydb.query.PageRequest;
import io.entitydb.query.ValueCount;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.QuerySamples;
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

/** Which tags the living entities of a dataset carry. */
@RestController
@RequestMapping(
        path = ApiPaths.DATASETS + "/{dataset}/tags",
        produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Tags", description = "Namespaces and values, and how many entities carry them")
class TagController {

    private final TagQueries queries;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping
    @Operation(
            operationId = "listNamespaces",
            summary = "List the namespaces of tags",
            description =
                    "Each with the number of its values and of the living entities that carry any"
                            + " of them, now or at a point of the past.")
    @Example(answer = QuerySamples.NAMESPACES)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_RETIRED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<NamespaceCount> namespaces(
            @PathVariable("dataset") String dataset, @ParameterObject TagParameters parameters) {
        Datasets.requireOpen(dataset);
        return PageDocument.of(
                queries.namespaces(dataset, parameters.point(), request(parameters)));
    }

    @Requires(Right.ENTITY_VIEW)
    @GetMapping("/{namespace}")
    @Operation(
            operationId = "listTagValues",
            summary = "List the values of a namespace",
            description =
                    "Ordered by their bytes, each with the number of living entities that carry it,"
                            + " now or at a point of the past. A namespace that nothing carries has"
                            + " none.")
    @Example(answer = QuerySamples.VALUES)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_RETIRED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<ValueCount> values(
            @PathVariable("dataset") String dataset,
            @PathVariable("namespace") String namespace,
            @ParameterObject TagParameters parameters) {
        Datasets.requireOpen(dataset);
        return PageDocument.of(
                queries.values(dataset, namespace, parameters.point(), request(parameters)));
    }

    private static PageRequest request(TagParameters parameters) {
        return PageParameters.of(parameters.limit(), parameters.cursor(), null);
    }
}
