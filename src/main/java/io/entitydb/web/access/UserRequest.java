package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A user that is to be made.
 *
 * @param name its name; never given twice
 * @param password null for one who cannot log in with a password
 * @param displayName how people call it
 * @param tags its roles and permissions
 */
@Schema(name = "UserRequest")
record UserRequest(
        @NotNull @Size(max = 63) @Schema(example = "ada") String name,
        @Size(max = 1024) @Schema(example = "correct horse battery") @Nullable String password,
        @Size(max = 255) @Schema(example = "Ada Lovelace") @Nullable String displayName,
        @Size(max = 1000) @Schema(example = "[\"rbac:role:editor\"]") @Nullable List<String> tags) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "UserRequest[" + name + "]";
    }
}
