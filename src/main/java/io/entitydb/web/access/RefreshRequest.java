package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A refresh token that is to be used.
 *
 * @param refreshToken the token; it is good once
 */
@Schema(name = "Refresh")
record RefreshRequest(@NotNull @Size(max = 255) String refreshToken) {

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
