package io.entitydb.client;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Objects;

/**
 * Single entities. Ids are any text; each request fails with an {@link EntityDbException} where the
 * service refuses it.
 */
@HttpExchange(url = "/api/v1/datasets/{dataset}/entities", accept = "application/json")
public interface EntityClient {

    /** Creates an entity, under the id of the request or one that the service makes. */
    @PostExchange(contentType = "application/json")
    ResponseEntity<Entity> create(
            @PathVariable("dataset") String dataset,
            @RequestBody EntityRequest request,
            WriteOptions options);

    /** Creates or replaces an entity: 201 or 200. */
    @PutExchange(url = "/{id}", contentType = "application/json")
    ResponseEntity<Entity> put(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody EntityRequest request,
            WriteOptions options);

    /** Reads an entity; 304 without a body where a condition of the options says so. */
    @GetExchange("/{id}")
    ResponseEntity<Entity> get(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            ReadOptions options);

    /** Reads an entity as it is. */
    default Entity get(String dataset, String id) {
        return Objects.requireNonNull(get(dataset, id, ReadOptions.NONE).getBody());
    }

    /** Changes single tags. */
    @PatchExchange(url = "/{id}", contentType = "application/json")
    ResponseEntity<Entity> patch(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody TagChanges.Patch changes,
            WriteOptions options);

    /** Changes single tags. */
    default ResponseEntity<Entity> patch(
            String dataset, String id, TagChanges changes, WriteOptions options) {
        return patch(dataset, id, new TagChanges.Patch(changes), options);
    }

    /**
     * Changes parts by a merge patch (RFC 7396).
     *
     * @param patch an object with {@code tags}, {@code contentType} or {@code content}, where JSON
     *     content takes part as the value that it is
     */
    @PatchExchange(url = "/{id}", contentType = "application/merge-patch+json")
    ResponseEntity<Entity> merge(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody JsonNode patch,
            WriteOptions options);

    /** Makes a version that says deleted. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            WriteOptions options);

    /** Brings a deleted entity back. */
    @PostExchange("/{id}:restore")
    ResponseEntity<Entity> restore(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            WriteOptions options);

    /**
     * Makes an earlier state the newest version.
     *
     * @param to an object whose member {@code to} is {@code v:N}, {@code tx:N} or a date-time
     */
    @PostExchange(url = "/{id}:revert", contentType = "application/json")
    ResponseEntity<Entity> revert(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody Map<String, String> to,
            WriteOptions options);

    /** Makes the state of a version the newest one. */
    default ResponseEntity<Entity> revert(
            String dataset, String id, long version, WriteOptions options) {
        return revert(dataset, id, Map.of("to", "v:" + version), options);
    }

    /**
     * Destroys tags and content of all versions, for good.
     *
     * @param request an object whose member {@code confirm} is the id once more, and {@code
     *     reason}, if it is there, says why
     */
    @PostExchange(url = "/{id}:erase", contentType = "application/json")
    Operation erase(
            @PathVariable("dataset") String dataset,
            @PathVariable("id") String id,
            @RequestBody Map<String, String> request);

    /** Destroys tags and content of all versions, for good. */
    default Operation erase(String dataset, String id, String reason) {
        return erase(dataset, id, Map.of("confirm", id, "reason", reason));
    }
}
