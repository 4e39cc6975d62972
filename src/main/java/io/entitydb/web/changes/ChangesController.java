package io.entitydb.web.changes;

import io.entitydb.security.Access;
import io.entitydb.security.Permissions;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The feed of changes. */
@RestController
@RequestMapping(
        path = ApiPaths.CHANGES,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
@RequiredArgsConstructor
@Tag(name = "Changes", description = "Every change to every entity, in the order of the commits")
class ChangesController {

    private final ChangeQueries queries;
    private final LiveFeeds live;
    private final Datasets datasets;
    private final TransactionHeader header;
    private final Access access;

    @Requires
    @GetMapping
    @Operation(
            operationId = "listChanges",
            summary = "Follow the changes",
            description =
                    "Every durable change at least once, in the order of the commits, none left out."
                            + " The member next is where the following page begins; it stays valid"
                            + " while the store's history does. With Accept: text/event-stream the"
                            + " changes come as events as soon as they are durable, with their"
                            + " cursor as id; checkpoint tells how far that is, at least every 10"
                            + " seconds; resync, that the place is gone; problem, why the feed ends.")
    @ApiResponse(
            responseCode = "200",
            description = "Changes",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ChangesPage.class)),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(name = "events", value = Samples.EVENTS))
            })
    @ChangesParameters
    @Example(answer = Samples.CHANGES)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.DATASET_NOT_FOUND,
        ProblemType.CURSOR_GONE,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA,
        ProblemType.TOO_MANY_FEEDS,
        ProblemType.SERVICE_UNAVAILABLE
    })
    @Nullable ResponseEntity<ChangesPage> list(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) @RequestHeader(name = ChangeStart.HEADER, required = false)
                    @Nullable String lastEventId,
            HttpServletRequest exchange,
            HttpServletResponse response)
            throws InterruptedException {
        Permissions viewer = viewer(parameters.getFirst("dataset"));
        if (wantsEvents(exchange.getHeader(HttpHeaders.ACCEPT))) {
            ChangesRequest request = ChangesRequest.live(parameters, lastEventId, viewer);
            requireKnown(request.filter());
            live.serve(request, exchange, response);
            return null;
        }
        ChangesRequest request = ChangesRequest.page(parameters, lastEventId, viewer);
        requireKnown(request.filter());
        ChangeReader reader = queries.open(request.start(), request.filter());
        ChangesPage page =
                queries.page(reader, request.limit(), request.patience(), access.presence());
        header.tell(reader.place().transaction());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(page);
    }

    /** The whole feed is for everybody who may view something; it tells each what they may view. */
    private Permissions viewer(@Nullable String dataset) {
        Permissions viewer = access.caller().permissions();
        if (dataset != null || !viewer.allowSomewhere(Right.ENTITY_VIEW)) {
            access.require(Right.ENTITY_VIEW, dataset);
        }
        return viewer;
    }

    private void requireKnown(ChangeFilter filter) {
        if (filter.dataset() != null) {
            datasets.requireReadable(filter.dataset(), true);
        }
    }

    /**
     * Who rather wants the events: an answer that does not end is for nobody who takes JSON as
     * well.
     */
    private static boolean wantsEvents(@Nullable String accept) {
        double events = 0;
        double pages = 0;
        for (MediaType type : MediaType.parseMediaTypes(accept)) {
            if (type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) {
                events = Math.max(events, type.getQualityValue());
            } else if (!type.isWildcardType() && type.includes(MediaType.APPLICATION_JSON)) {
                pages = Math.max(pages, type.getQualityValue());
            }
        }
        return events > pages;
    }
}
