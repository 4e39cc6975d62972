package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

/**
 * Another password.
 *
 * @param current the one before; needed from the user itself
 * @param password the one from here on
 */
@Schema(name = "PasswordChange")
record PasswordRequest(
        @Size(max = 1024) @Schema(example = "correct horse battery") @Nullable String current,
        @NotNull @Size(max = 1024) @Schema(example = "staple, and another one") String password) {

    /** Keeps the passwords out of logs. */
    @Override
    public String toString() {
        return "PasswordRequest[]";
    }
}
