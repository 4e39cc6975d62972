package io.entitydb.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One operation of a JSON Patch. <b>Source:</b> RFC 6902, section 4.
 *
 * @param op what is done
 * @param path where, as a JSON pointer (RFC 6901) into the value that the operations before have
 *     made
 * @param value what is added, or stands there instead; null, not a JSON null, for a removal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One operation of a JSON Patch (RFC 6902)")
public record PatchOperation(
        @Schema(allowableValues = {"add", "remove", "replace"}) String op,
        @Schema(description = "JSON pointer", example = "/price") String path,
        @Schema(description = "Any JSON value; left out for a removal") @Nullable JsonNode value) {

    static PatchOperation add(String path, JsonNode value) {
        return new PatchOperation("add", path, value);
    }

    static PatchOperation remove(String path) {
        return new PatchOperation("remove", path, null);
    }

    static PatchOperation replace(String path, JsonNode value) {
        return new PatchOperation("replace", path, value);
    }
}
