package io.entitydb.web.entities;

import com.fasterxml.jackson.annotation.JsonValue;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.annotation.JsonSerialize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entity as answers show it: those of its members that the view holds.
 *
 * @param members the members by name, in order
 */
@Schema(implementation = EntityDocument.Members.class)
@JsonSerialize(using = EntityDocumentWriter.class)
record EntityDocument(@JsonValue Map<String, Object> members) {

    /** Copies the members. */
    EntityDocument {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * The members for the description of the interface; a test compares them with real ones.
     *
     * @param id its id
     * @param dataset its dataset
     * @param version the number of the version that is shown
     * @param tags its tags, in order
     * @param tagTimes when each tag was asserted
     * @param content its content
     * @param contentType media type of the content
     * @param contentLength bytes of the content
     * @param contentDigest digest of the content
     * @param state whether it lives
     * @param createdAt when its present life began
     * @param updatedAt when the version was made
     * @param createdBy who began its present life
     * @param updatedBy who made the version
     * @param transaction in which the version was made
     */
    @Schema(name = "Entity", description = "An entity as it stood right after one of its versions")
    record Members(
            @Schema(example = "left-pad") String id,
            @Schema(example = "packages") String dataset,
            @Schema(example = "1") long version,
            @Schema(example = "[\"major:1\", \"type:package\"]") List<String> tags,
            @Schema(description = "When each tag was asserted; only when asked for")
                    @Nullable Map<String, String> tagTimes,
            @Schema(
                            description =
                                    "A string is base64 of the bytes; with content=json, JSON"
                                            + " content is the value that it is")
                    @Nullable Object content,
            @Schema(example = "application/json") @Nullable String contentType,
            @Schema(example = "36") @Nullable Long contentLength,
            @Schema(
                            description = "SHA-256 in the form of RFC 9530",
                            example = "sha-256=:XGtrYP2nOu6g04Z+g1l77wNCvQ9WZIeXSUJDdMtvuMU=:")
                    @Nullable String contentDigest,
            @Schema(allowableValues = {"active", "deleted", "erased"}) String state,
            @Schema(example = "2026-11-23T09:00:00.000000001Z") String createdAt,
            @Schema(example = "2026-11-23T09:00:00.000000001Z") String updatedAt,
            @Schema(example = "anonymous") String createdBy,
            @Schema(example = "anonymous") String updatedBy,
            @Schema(example = "8714") long transaction) {}
}
