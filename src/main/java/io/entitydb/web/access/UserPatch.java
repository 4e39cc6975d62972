package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A change to a user. What is left out stays.
 *
 * @param displayName how people call it
 * @param state whether it may do anything
 * @param tags all of its tags, in the place of those that it has
 */
@Schema(name = "UserPatch")
record UserPatch(
        @Size(max = 255) @Schema(example = "Ada Lovelace") @Nullable String displayName,
        @Schema(
                        example = "disabled",
                        allowableValues = {"active", "disabled"})
                @Nullable String state,
        @Size(max = 1000) @Schema(example = "[\"rbac:role:viewer\"]")
                @Nullable List<String> tags) {}
