package io.entitydb.web.transfer;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.QueryParser;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Flags;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.TransferSamples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exports. */
@RestController
@RequiredArgsConstructor
@Tag(name = "Entities")
class ExportController {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Exports exports;
    private final JsonMapper json;

    @Requires(Right.ENTITY_VIEW)
    @GetMapping(path = ApiPaths.ENTITIES + ":export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "exportEntities",
            summary = "Export entities",
            description =
                    "A line of JSON for each entity, or for each of its versions, in the order of"
                            + " ids, all of one snapshot, with contents of any length in base64."
                            + " Whole if and only if the last line says \"end\": true. Erased"
                            + " versions are left out.")
    @ApiResponse(
            responseCode = "200",
            description = "Lines of JSON",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(type = "string")))
    @Example(text = TransferSamples.EXPORT)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.VERSION_RETIRED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE,
        ProblemType.ENTITY_DAMAGED
    })
    void export(
            @PathVariable("dataset") String dataset,
            @ParameterObject ExportParameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Datasets.requireOpen(dataset);
        Exports.Begun begun = exports.begin(wanted(dataset, parameters));
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!request.getMethod().equals(HttpMethod.HEAD.name())) {
            exports.write(
                    begun,
                    new EntityLines(
                            json,
                            new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES)));
        }
    }

    private static Exports.Wanted wanted(String dataset, ExportParameters parameters) {
        boolean isHistory = Flags.parse("history", parameters.history());
        String state = parameters.state();
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("sort", List.of("id"));
        query.put("state", List.of(state != null ? state : isHistory ? "any" : "active"));
        if (parameters.asOf() != null) {
            query.put("asOf", List.of(parameters.asOf()));
        }
        EntityQuery parsed = QueryParser.parse(dataset, query);
        return new Exports.Wanted(parsed, isHistory, requireId(dataset, parameters.after()));
    }

    private static @Nullable String requireId(String dataset, @Nullable String after) {
        if (after != null) {
            try {
                Datasets.entityKey(dataset, after);
            } catch (InvalidQueryException e) {
                throw new InvalidQueryException("after", String.valueOf(e.getMessage()));
            }
        }
        return after;
    }
}
