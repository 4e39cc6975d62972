package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The versions of an entity. */
@HttpExchange(url = "/api/v1/datasets/{dataset}/entities/{id}", accept = "application/json")
public interface HistoryClient {

    /** Lists versions; their contents are left out unless they are asked for. */
    @GetExchange("/versions")
    Page<Entity> versions(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            HistoryOptions options);

    /** Reads a version, also one that says deleted. */
    @GetExchange("/versions/{version}")
    ResponseEntity<Entity> version(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @PathVariable("version") long version,
            ReadOptions options);

    /**
     * Compares two versions.
     *
     * @param from {@code v:N}, {@code tx:N} or a date-time; null for the version before the other
     * @param to the same; null for the newest version
     */
    @GetExchange("/diff")
    Diff diff(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to);

    /** Tells for each tag and the content which version set it. */
    @GetExchange("/blame")
    Blame blame(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            ReadOptions options);
}
