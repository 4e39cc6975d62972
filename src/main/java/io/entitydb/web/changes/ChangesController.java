package io.entitydb.web.changes;

import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.Samples;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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
@RequestMapping(path = ApiPaths.CHANGES, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Changes", description = "Every change to every entity, in the order of the commits")
class ChangesController {

    private final ChangeQueries queries;
    private final Datasets datasets;
    private final TransactionHeader header;

    @GetMapping
    @Operation(
            operationId = "listChanges",
            summary = "Follow the changes",
            description =
                    "Every durable change at least once, in the order of the commits, none left out."
                            + " The member next is where the following page begins; it stays valid"
                            + " while the store's history does.")
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
    ResponseEntity<ChangesPage> list(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) @RequestHeader(name = ChangeStart.HEADER, required = false)
                    @Nullable String lastEventId)
            throws InterruptedException {
        ChangesRequest request = ChangesRequest.page(parameters, lastEventId);
        ChangeReader reader = open(request);
        ChangesPage page = queries.page(reader, request.limit(), request.patience());
        header.tell(reader.place().transaction());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(page);
    }

    private ChangeReader open(ChangesRequest request) {
        String dataset = request.filter().dataset();
        if (dataset != null) {
            datasets.requireReadable(dataset, true);
        }
        return queries.open(request.start(), request.filter());
    }
}
