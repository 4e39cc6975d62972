package io.entitydb.web.entities;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.PageRequest;
import io.entitydb.query.QueryParser;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.QuerySamples;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.function.Supplier;

/** Lists of entities: one grammar in two forms. */
@RestController
@RequiredArgsConstructor
@Tag(name = "Entities")
class EntityListController {

    private final EntityQueries queries;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listEntities",
            summary = "List entities",
            description =
                    "Those that fulfil all conditions; every entity if there are none. With asOf, as"
                            + " they were at that point of the past, tags and content alike. Pages"
                            + " of one answer show one snapshot: they neither repeat nor skip."
                            + " Content above 64 KiB, and above 8 MiB a page, is left out.")
    @QueryParameters
    @Example(answer = QuerySamples.ANSWER)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_RETIRED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE,
        ProblemType.ENTITY_DAMAGED
    })
    QueryDocument list(
            @PathVariable("dataset") String dataset,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        Datasets.requireOpen(dataset);
        MultiValueMap<String, String> conditions = new LinkedMultiValueMap<>(parameters);
        PageRequest request =
                PageParameters.of(
                        take(conditions, "limit"),
                        take(conditions, "cursor"),
                        take(conditions, "count"));
        FacetRequest facets = facets(take(conditions, "facets"), take(conditions, "facetLimit"));
        String fields = take(conditions, "fields");
        String content = take(conditions, "content");
        EntityQuery query = QueryParser.parse(dataset, conditions);
        return queries.answer(query, request, facets, new EntityQueries.Form(fields, content));
    }

    @Requires(Right.ENTITY_VIEW)
    @PostMapping(
            path = ApiPaths.ENTITIES + ":query",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "queryEntities",
            summary = "Query entities",
            description =
                    "The same as listing them, with conditions that nest. Reads only; a cursor of"
                            + " one form serves the other where the conditions are the same.")
    @Example(request = QuerySamples.QUERY, answer = QuerySamples.ANSWER)
    @Problems(
            value = {
                ProblemType.ACCESS_DENIED,
                ProblemType.DATASET_NOT_FOUND,
                ProblemType.VERSION_RETIRED,
                ProblemType.INVALID_QUERY,
                ProblemType.SEARCH_UNAVAILABLE,
                ProblemType.ENTITY_DAMAGED
            },
            isReading = true)
    QueryDocument query(
            @PathVariable("dataset") String dataset, @RequestBody QueryRequest request) {
        Datasets.requireOpen(dataset);
        return pointing(
                () -> {
                    EntityQuery query = request.query(dataset);
                    PageRequest page =
                            new PageRequest(
                                    request.pageLimit(),
                                    request.cursor(),
                                    PageParameters.isCounted(request.count()));
                    return queries.answer(
                            query,
                            page,
                            request.facetRequest(),
                            new EntityQueries.Form(request.fields(), request.content()));
                });
    }

    /** What is called a parameter elsewhere is a member of the body here. */
    private static QueryDocument pointing(Supplier<QueryDocument> work) {
        try {
            return work.get();
        } catch (InvalidQueryException e) {
            String name = e.parameter();
            String pointer = name.startsWith("/") ? name : "/" + name;
            throw new ProblemException(
                    Problem.of(
                            ProblemType.INVALID_QUERY,
                            Violation.inBody(pointer, String.valueOf(e.getMessage()))));
        }
    }

    private static @Nullable FacetRequest facets(@Nullable String names, @Nullable String limit) {
        int most =
                limit == null
                        ? FacetRequest.DEFAULT_VALUES
                        : (int) PageParameters.number("facetLimit", limit, 9);
        return names == null ? null : new FacetRequest(List.of(names.split(",", -1)), most);
    }

    /** Takes a parameter that says how, not what. */
    private static @Nullable String take(MultiValueMap<String, String> parameters, String name) {
        List<String> values = parameters.remove(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new InvalidQueryException(name, "this parameter is given at most once");
        }
        return values.getFirst();
    }
}
