package io.entitydb.web.entities;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Entity;
import io.entitydb.web.json.PatchOperation;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What changed between two versions of an entity.
 *
 * @param id the entity
 * @param dataset its dataset
 * @param from the version that is compared; null if there was none before the first
 * @param to the version that it is compared with
 * @param tags the change of the tags
 * @param content the change of the content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Diff", description = "What changed between two versions of an entity")
record DiffDocument(
        @Schema(example = "left-pad") String id,
        @Schema(example = "packages") String dataset,
        @Schema(description = "Left out before the first version") @Nullable Side from,
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
     * @param state whether the entity lives in it
     * @param contentType media type of its content; null if it says deleted
     * @param contentLength bytes of its content
     * @param contentDigest digest of its content
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DiffSide")
    record Side(
            @Schema(example = "1") long version,
            @Schema(example = "8714") long transaction,
            @Schema(example = "2026-11-23T09:00:00.000000001Z") String at,
            @Schema(example = "anonymous") String principal,
            @Schema(allowableValues = {"active", "deleted"}) String state,
            @Schema(example = "application/json") @Nullable String contentType,
            @Schema(example = "36") @Nullable Long contentLength,
            @Schema(
                            description = "SHA-256 in the form of RFC 9530",
                            example = "sha-256=:XGtrYP2nOu6g04Z+g1l77wNCvQ9WZIeXSUJDdMtvuMU=:")
                    @Nullable String contentDigest) {

        static Side of(Entity entity) {
            boolean isDeleted = entity.isDeleted();
            return new Side(
                    entity.version().number(),
                    entity.version().transaction(),
                    entity.version().at().toString(),
                    entity.version().principal(),
                    EntityField.state(entity),
                    isDeleted ? null : entity.content().mediaType(),
                    isDeleted ? null : entity.content().length(),
                    isDeleted ? null : EntityField.digest(entity.content()));
        }
    }

    /**
     * The change of the tags.
     *
     * @param added tags that only the later version has, in order
     * @param removed tags that only the earlier version has, in order
     */
    @Schema(name = "TagChange")
    record TagChange(
            @Schema(example = "[\"major:2\"]") List<String> added,
            @Schema(example = "[\"major:1\"]") List<String> removed) {

        /** Copies the lists. */
        TagChange {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /**
     * The change of the content.
     *
     * @param isChanged whether bytes or media type differ
     * @param patch makes the later JSON value out of the earlier; null if it is left out
     * @param patchOmitted why the patch is left out; null if it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ContentChange")
    record ContentChange(
            @com.fasterxml.jackson.annotation.JsonProperty("changed")
                    @Schema(description = "Whether bytes or media type differ")
                    boolean isChanged,
            @Schema(description = "JSON Patch (RFC 6902); only if both contents are JSON")
                    @Nullable List<PatchOperation> patch,
            @Schema(
                            description = "Why there is no patch",
                            allowableValues = {"not-json", "too-large"})
                    @Nullable String patchOmitted) {

        /** Copies the operations. */
        ContentChange {
            patch = patch == null ? null : List.copyOf(patch);
        }
    }
}
