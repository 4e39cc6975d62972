package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Versions of entities. */
@RestController
@RequestMapping(
        path = ApiPaths.ENTITIES + "/{id}/versions",
        produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Versions", description = "What an entity was; versions never change")
class VersionController {

    private static final int MAX_DIGITS = 18;
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private final HistoryQueries history;
    private final EntityQueries queries;
    private final EntityAnswers answers;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, Mementos.LINK_FORMAT})
    @Operation(
            operationId = "listVersions",
            summary = "List the versions of an entity",
            description =
                    "Newest first. Each says who made it, when, and in which transaction. As"
                            + " application/link-format it is a TimeMap (RFC 7089).")
    @Example(answer = Samples.ENTITIES, text = Samples.TIME_MAP)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA
    })
    @Nullable ResponseEntity<PageDocument<EntityDocument>> list(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @ParameterObject VersionParameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EntityKey key = Datasets.entityKey(dataset, id);
        HistoryQueries.Listing listing =
                HistoryQueries.Listing.of(parameters.from(), parameters.to(), parameters.order());
        PageRequest part = PageParameters.of(parameters.limit(), parameters.cursor(), null);
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (TimeMap.isPreferred(request)) {
            if (parameters.fields() != null) {
                throw new InvalidQueryException("fields", "a TimeMap has no fields to choose");
            }
            long newest = history.newest(key);
            Page<Entity> page = history.list(key, listing, part.limit(), part.cursor());
            write(TimeMap.of(key, page, newest, request), response);
            return null;
        }
        EntityView view = EntityView.of(parameters.fields(), EntityView.WITHOUT_CONTENT);
        Page<Entity> page = history.list(key, listing, part.limit(), part.cursor());
        return ResponseEntity.ok(EntityAnswers.page(page, view, null));
    }

    private static void write(String timeMap, HttpServletResponse response) throws IOException {
        byte[] body = timeMap.getBytes(StandardCharsets.UTF_8);
        response.setContentType(Mementos.LINK_FORMAT);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Requires(Right.ENTITY_VIEW)
    @GetMapping("/{version}")
    @Operation(
            operationId = "getVersion",
            summary = "Read one version of an entity",
            description = "Also one that says deleted. It never changes and may be kept for ever.")
    @Example(answer = Samples.ENTITY)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.ENTITY_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.PRECONDITION_FAILED,
        ProblemType.INVALID_QUERY,
        ProblemType.ENTITY_DAMAGED,
        ProblemType.VERSION_RETIRED
    })
    ResponseEntity<EntityDocument> find(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @PathVariable("version") String version,
            @ParameterObject VersionView parameters,
            Preconditions conditions) {
        EntityKey key = Datasets.entityKey(dataset, id);
        long number = PageParameters.number("version", version, MAX_DIGITS);
        if (number < 1) {
            throw new InvalidQueryException("version", "a version is 1 or more");
        }
        Entity entity = queries.version(key, number);
        if (conditions.isKnown(entity)) {
            return EntityAnswers.tagged(HttpStatus.NOT_MODIFIED, entity)
                    .cacheControl(FOR_EVER)
                    .build();
        }
        return EntityAnswers.tagged(HttpStatus.OK, entity)
                .cacheControl(FOR_EVER)
                .body(answers.show(entity, parameters.fields(), parameters.content()));
    }
}
