package io.entitydb.web.transfer;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * How lines are imported.
 *
 * @param history whether lines are versions
 * @param skip how many lines are passed over
 * @param stopOnError whether the first failure ends it
 * @param dryRun whether nothing is stored
 * @param report what is told
 */
record ImportParameters(
        @Parameter(
                        description =
                                "true: lines of the same entity, one behind the other, are its"
                                        + " versions from the first on",
                        schema = @Schema(allowableValues = {"true", "false"}))
                @Nullable String history,
        @Parameter(description = "Lines at the beginning that are passed over", example = "0")
                @Nullable String skip,
        @Parameter(
                        description = "true: nothing is stored behind a line that fails",
                        schema = @Schema(allowableValues = {"true", "false"}))
                @Nullable String stopOnError,
        @Parameter(
                        description = "true: do all but the commits",
                        schema = @Schema(allowableValues = {"true", "false"}))
                @Nullable String dryRun,
        @Parameter(
                        description = "failed: tell only of lines that failed; all if left out",
                        schema = @Schema(allowableValues = {"all", "failed"}))
                @Nullable String report) {}
