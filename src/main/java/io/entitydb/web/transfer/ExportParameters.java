package io.entitydb.web.transfer;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * What is exported.
 *
 * @param asOf the point of the past
 * @param state which states of life
 * @param history whether all versions are wanted
 * @param after the id to go on behind
 */
record ExportParameters(
        @Parameter(
                        description =
                                "The state of the dataset that is exported: an RFC 3339 date-time"
                                        + " (with + written %2B), or tx:N; the present if left out",
                        example = "tx:8714")
                @Nullable String asOf,
        @Parameter(
                        description =
                                "active, deleted or any; if left out active, with history=true any",
                        schema = @Schema(allowableValues = {"active", "deleted", "any"}))
                @Nullable String state,
        @Parameter(
                        description = "true: every version of each entity, oldest first",
                        schema = @Schema(allowableValues = {"true", "false"}))
                @Nullable String history,
        @Parameter(
                        description =
                                "Only entities behind this id, to go on with an export that broke"
                                        + " off: together with asOf=tx:N of its EntityDB-Transaction",
                        example = "left-pad")
                @Nullable String after) {}
