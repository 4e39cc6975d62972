package io.entitydb.web.changes;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * How far a feed has told.
 *
 * @param cursor the place in the feed
 * @param instant commit time of the last transaction before it
 * @param removed versions that are missing since the last checkpoint; null if none are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Checkpoint", description = "Every matching change up to here was told")
record CheckpointDocument(
        @Schema(description = "Goes on from here", example = "AQ3lB1kTq0m9bM0u8nK1xg")
                String cursor,
        @Schema(
                        description =
                                "Commit time of the last transaction up to here; of an empty store,"
                                        + " when it was made",
                        example = "2026-11-23T09:00:00.000000001Z")
                String instant,
        @Schema(
                        description =
                                "Versions since the last checkpoint, of whatever entity, that a"
                                        + " retention rule or a repair removed; left out if none",
                        example = "3")
                @Nullable Long removed) {}
