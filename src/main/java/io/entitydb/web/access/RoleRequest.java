package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import java.util.List;

/**
 * A role that is to be made or replaced.
 *
 * @param tags what it permits
 */
@Schema(name = "RoleRequest")
record RoleRequest(
        @NotNull @Size(max = 1000) @Schema(example = "[\"dataset:packages:entity:*\"]")
                List<String> tags) {}
