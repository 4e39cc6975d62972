package io.entitydb.web.entities;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * An entity as requests describe it.
 *
 * @param id its id; null if the service shall make one, or the path says it
 * @param tags its tags; null for none
 * @param contentType media type of the content
 * @param content a string of base64, or any other JSON value
 */
@Schema(name = "EntityRequest")
record EntityRequest(
        @Schema(
                        description =
                                "The id, 1 to 255 bytes of text. Left out, a UUID of version 7 is"
                                        + " made; where the path says the id, it must be the same.",
                        example = "left-pad")
                @Nullable String id,
        @ArraySchema(
                        schema =
                                @Schema(
                                        description = "namespace:value, at most 1,024 bytes",
                                        example = "type:package"),
                        maxItems = 1000)
                @Nullable List<String> tags,
        @Schema(
                        description =
                                "Media type. Left out, application/json for a JSON value, else"
                                        + " application/octet-stream.",
                        example = "application/json")
                @Nullable String contentType,
        @Schema(
                        description =
                                "A string is base64 of the bytes. An object, array, number or"
                                        + " boolean is JSON and stored without white space; its media"
                                        + " type must be a JSON one.",
                        example = "{\"version\": \"1.3.0\"}")
                @Nullable JsonNode content) {}
