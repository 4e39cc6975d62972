package io.entitydb.web.entities;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Entity;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who set each part of an entity, and when.
 *
 * @param id the entity
 * @param dataset its dataset
 * @param version the version of which the parts are told
 * @param tags each of its tags with its origin, in order
 * @param content the origin of its content
 */
@Schema(name = "Blame", description = "Who set each tag and the content, and when")
record BlameDocument(
        @Schema(example = "left-pad") String id,
        @Schema(example = "packages") String dataset,
        @Schema(example = "2") long version,
        @Schema(description = "By tag") Map<String, Origin> tags,
        Origin content) {

    /** Copies the tags. */
    BlameDocument {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /**
     * The version since which a part is there without a break.
     *
     * @param version its number; null if it cannot be found any more
     * @param transaction that wrote it
     * @param at its commit time
     * @param principal who wrote it
     * @param orEarlier whether the part may be older: the search ended here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Origin")
    record Origin(
            @Schema(example = "1") @Nullable Long version,
            @Schema(example = "8714") @Nullable Long transaction,
            @Schema(example = "2026-11-23T09:00:00.000000001Z") String at,
            @Schema(example = "anonymous") @Nullable String principal,
            @Schema(
                            description =
                                    "true: it may be older, for only the last 10,000 versions that"
                                            + " are kept are searched")
                    @Nullable Boolean orEarlier) {

        /** The version that an entity shows. */
        static Origin of(Entity entity) {
            return new Origin(
                    entity.version().number(),
                    entity.version().transaction(),
                    entity.version().at().toString(),
                    entity.version().principal(),
                    null);
        }

        /** The version that an entity shows, or an earlier one. */
        static Origin atLatest(Entity entity) {
            Origin origin = of(entity);
            return new Origin(
                    origin.version, origin.transaction, origin.at, origin.principal, true);
        }

        /** A commit time of which the version is lost. */
        static Origin lost(String at) {
            return new Origin(null, null, at, null, null);
        }
    }
}
