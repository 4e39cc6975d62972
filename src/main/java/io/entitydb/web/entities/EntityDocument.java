package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;

import java.util.List;
import java.util.Map;

/**
 * An entity as answers show it: those of its members that the view holds. Values are looked up when
 * it is made and written when the answer is, so that what is wrong is known before.
 */
@Schema(implementation = EntityDocument.Members.class)
@JsonSerialize(using = EntityDocumentWriter.class)
final class EntityDocument {

    private final EntityField[] fields;
    private final @Nullable Object[] values;

    private EntityDocument(EntityField[] fields, @Nullable Object[] values) {
        this.fields = fields;
        this.values = values;
    }

    /**
     * An entity by some of its members.
     *
     * @param fields the members in order; not changed by anybody
     */
    static EntityDocument of(EntityField[] fields, Entity entity, ContentInlining inlining) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].of(entity, inlining);
        }
        return new EntityDocument(fields, values);
    }

    /** Writes the members that the entity has. */
    void write(JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        for (int i = 0; i < fields.length; i++) {
            Object value = values[i];
            if (value != null) {
                json.writeName(fields[i].name);
                EntityDocumentWriter.write(value, json, context);
            }
        }
        json.writeEndObject();
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
