package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A login.
 *
 * @param username name of the user
 * @param password its password
 */
@Schema(name = "Login")
record LoginRequest(
        @NotNull @Size(max = 255) @Schema(example = "admin") String username,
        @NotNull @Size(max = 1024) @Schema(example = "correct horse battery") String password) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "LoginRequest[" + username + "]";
    }
}
