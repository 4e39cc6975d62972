package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.QueryParser;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Lists of entities. */
@RestController
@RequestMapping(path = ApiPaths.ENTITIES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Entities")
class EntityListController {

    private final EntityQueries queries;

    @GetMapping
    @Operation(
            operationId = "listEntities",
            summary = "List entities",
            description =
                    "Those that fulfil all conditions; every entity if there are none. With asOf, as"
                            + " they were at that point of the past, tags and content alike. Pages"
                            + " of one answer show one snapshot: they neither repeat nor skip."
                            + " Content above 64 KiB, and above 8 MiB a page, is left out.")
    @QueryParameters
    @Example(answer = Samples.ENTITIES)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE,
        ProblemType.ENTITY_DAMAGED
    })
    PageDocument<EntityDocument> list(
            @PathVariable("dataset") String dataset,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        Datasets.requireOpen(dataset);
        MultiValueMap<String, String> conditions = new LinkedMultiValueMap<>(parameters);
        PageRequest request =
                PageParameters.of(
                        take(conditions, "limit"),
                        take(conditions, "cursor"),
                        take(conditions, "count"));
        EntityView view = EntityView.of(take(conditions, "fields"), EntityView.DEFAULT);
        String content = take(conditions, "content");
        EntityQuery query = QueryParser.parse(dataset, conditions);
        Page<Entity> page = queries.search(query, request);
        return EntityAnswers.page(page, view, content);
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
