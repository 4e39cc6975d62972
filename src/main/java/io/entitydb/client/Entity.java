package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An entity as it stood right after one of its versions. Members that were not asked for are null,
 * 0 or empty.
 *
 * @param id its id
 * @param dataset its dataset
 * @param version the number of the version that is shown, from 1
 * @param tags its tags, in order
 * @param tagTimes when each tag was asserted; only when asked for
 * @param content a string with the bytes in base64, or JSON content as the value that it is where
 *     that was asked for; null if it is left out
 * @param contentType media type of the content
 * @param contentLength bytes of the content
 * @param contentDigest its SHA-256 in the form of RFC 9530
 * @param state {@code active}, {@code deleted} or {@code erased}
 * @param createdAt when its present life began
 * @param updatedAt when the version was made
 * @param createdBy who began its present life
 * @param updatedBy who made the version
 * @param transaction in which the version was made
 */
public record Entity(
        String id,
        @Nullable String dataset,
        long version,
        List<String> tags,
        Map<String, Instant> tagTimes,
        @Nullable JsonNode content,
        @Nullable String contentType,
        @Nullable Long contentLength,
        @Nullable String contentDigest,
        @Nullable String state,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable String createdBy,
        @Nullable String updatedBy,
        long transaction) {

    /** Copies the collections; what is left out is empty. */
    public Entity {
        tags = tags == null ? List.of() : List.copyOf(tags);
        tagTimes = tagTimes == null ? Map.of() : Map.copyOf(tagTimes);
    }

    /**
     * The bytes of the content.
     *
     * @throws IllegalStateException if the content was left out, or read as JSON
     */
    public byte[] bytes() {
        if (content == null || !content.isString()) {
            throw new IllegalStateException("the content of " + id + " was not read in base64");
        }
        return Base64.getDecoder().decode(content.stringValue());
    }
}
