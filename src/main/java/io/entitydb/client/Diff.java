package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;

/**
 * What changed between two versions of an entity.
 *
 * @param id the entity
 * @param dataset its dataset
 * @param from the version that is compared; null before the first
 * @param to the version that it is compared with
 * @param tags the change of the tags
 * @param content the change of the content
 */
public record Diff(
        String id,
        String dataset,
        @Nullable Side from,
        Side to,
        TagChange tags,
        ContentChange content) {

    /**
     * One of the two versions.
     *
     * @param version its number
     * @param transaction that wrote it
     * @param at its commit time
     * @param principal who wrote it
     * @param state {@code active} or {@code deleted}
     * @param contentType media type of its content; null if it says deleted, and so below
     * @param contentLength bytes of its content
     * @param contentDigest SHA-256 in the form of RFC 9530
     */
    public record Side(
            long version,
            long transaction,
            Instant at,
            String principal,
            String state,
            @Nullable String contentType,
            @Nullable Long contentLength,
            @Nullable String contentDigest) {}

    /**
     * The change of the tags.
     *
     * @param added tags that only the later version has, in order
     * @param removed tags that only the earlier version has, in order
     */
    public record TagChange(List<String> added, List<String> removed) {}

    /**
     * The change of the content.
     *
     * @param changed whether bytes or media type differ
     * @param patch a JSON Patch (RFC 6902); null if it is left out
     * @param patchOmitted why it is left out: {@code not-json} or {@code too-large}
     */
    public record ContentChange(
            boolean changed, @Nullable List<PatchOperation> patch, @Nullable String patchOmitted) {}

    /**
     * An operation of a JSON Patch.
     *
     * @param op {@code add}, {@code remove} or {@code replace}
     * @param path JSON pointer
     * @param value the value; null for a removal
     */
    public record PatchOperation(String op, String path, @Nullable JsonNode value) {}
}
