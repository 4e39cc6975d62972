package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An API key that is to be made.
 *
 * @param label what it is for
 * @param expiresInDays when it ends
 * @param tags what it may do at most; null if that is all that the user may do
 */
@Schema(name = "KeyRequest")
record KeyRequest(
        @NotBlank @Size(max = 255) @Schema(example = "nightly import") String label,
        @NotNull @Min(1) @Max(3650) @Schema(example = "90") Integer expiresInDays,
        @Size(max = 1000) @Schema(example = "[\"dataset:packages:entity:create\"]")
                @Nullable List<String> tags) {}
