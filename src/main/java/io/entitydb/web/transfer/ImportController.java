package io.entitydb.web.transfer;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.security.Access;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.WebProperties;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Flags;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.TransferSamples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;

/** Imports. */
@RestController
@RequiredArgsConstructor
@Tag(name = "Entities")
class ImportController {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int MAX_DIGITS = 18;

    private final ImportCommands commands;
    private final WebProperties properties;
    private final JsonMapper json;
    private final Access access;

    // The report says what is unchanged, and so what there is.
    @Requires({Right.ENTITY_VIEW, Right.ENTITY_CREATE, Right.ENTITY_UPDATE, Right.ENTITY_DELETE})
    @PostMapping(
            path = ApiPaths.ENTITIES + ":import",
            consumes = MediaType.APPLICATION_NDJSON_VALUE,
            produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "importEntities",
            summary = "Import entities",
            description =
                    "A line of JSON for each entity, as exports and answers show it. Each is made"
                            + " what its line says, up to 100 of them in one transaction; what is so"
                            + " already stays unchanged, so that an import that broke off is simply"
                            + " sent again. Times, principals and transactions are those of the"
                            + " import. The answer tells line by line what was done, while the body"
                            + " is still being sent.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "Lines of JSON",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(type = "string")))
    @Example(request = TransferSamples.IMPORT, text = TransferSamples.REPORT)
    @Problems({ProblemType.ACCESS_DENIED, ProblemType.DATASET_NOT_FOUND, ProblemType.INVALID_QUERY})
    void take(
            @PathVariable("dataset") String dataset,
            @ParameterObject ImportParameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Datasets.requireOpen(dataset);
        ImportRun.Options options = options(parameters);
        boolean isFailuresOnly = isFailuresOnly(parameters.report());
        commands.requirePresent(dataset);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        int maxBytes = (int) properties.maxBody().toBytes();
        new ImportRun(
                        commands,
                        new ImportLines(json, dataset, maxBytes),
                        new ImportReport(
                                json,
                                new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES),
                                isFailuresOnly),
                        options,
                        access.presence())
                .run(new LineReader(request.getInputStream(), maxBytes));
    }

    private static ImportRun.Options options(ImportParameters parameters) {
        String skip = parameters.skip();
        return new ImportRun.Options(
                Flags.parse("history", parameters.history()),
                Flags.parse("dryRun", parameters.dryRun()),
                Flags.parse("stopOnError", parameters.stopOnError()),
                skip == null ? 0 : PageParameters.number("skip", skip, MAX_DIGITS));
    }

    private static boolean isFailuresOnly(@Nullable String report) {
        return switch (report) {
            case null -> false;
            case "all" -> false;
            case "failed" -> true;
            default -> throw new InvalidQueryException("report", "a report is all or failed");
        };
    }
}
