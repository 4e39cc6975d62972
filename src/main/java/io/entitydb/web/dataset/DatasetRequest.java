package io.entitydb.web.dataset;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A dataset to be made.
 *
 * @param name its name
 */
@Schema(name = "DatasetRequest")
record DatasetRequest(
        @Schema(description = "The name of the dataset", example = "packages")
                @NotNull
                @Pattern(
                        regexp = "[a-z0-9][a-z0-9_-]{0,62}",
                        message =
                                "is 1 to 63 of a-z, 0-9, '_' and '-', not starting with '_' or '-'")
                String name) {}
