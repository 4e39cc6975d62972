package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Tags and content that an entity shall have.
 *
 * @param id its id, 1 to 255 bytes of text; left out, the service makes one where it creates, and
 *     takes that of the path elsewhere
 * @param tags its tags, each {@code namespace:value}
 * @param contentType media type; left out, {@code application/json} for a JSON value, else {@code
 *     application/octet-stream}
 * @param content a string with the bytes in base64, or another JSON value as the content itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntityRequest(
        @Nullable String id,
        List<String> tags,
        @Nullable String contentType,
        @Nullable JsonNode content) {

    /** Copies the tags. */
    public EntityRequest {
        tags = List.copyOf(tags);
    }

    /** An entity with tags, and without content. */
    public static EntityRequest of(String... tags) {
        return new EntityRequest(null, Arrays.asList(tags), null, null);
    }

    /** The same under an id. */
    public EntityRequest withId(String name) {
        return new EntityRequest(name, tags, contentType, content);
    }

    /** The same with JSON, an object, array, number or boolean, as content. */
    public EntityRequest withJson(JsonNode value) {
        return new EntityRequest(id, tags, "application/json", value);
    }

    /** The same with bytes as content. */
    public EntityRequest withBytes(byte[] bytes, String mediaType) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return new EntityRequest(id, tags, mediaType, StringNode.valueOf(base64));
    }
}
