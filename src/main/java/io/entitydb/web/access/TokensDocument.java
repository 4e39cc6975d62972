package io.entitydb.web.access;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Tokens as answers show them, this once.
 *
 * @param accessToken what requests carry
 * @param tokenType how they carry it
 * @param expiresIn how long it is accepted, in seconds
 * @param refreshToken what gets the next ones; good once
 * @param refreshExpiresIn how long it is accepted if it is not used, in seconds
 */
@Schema(name = "Tokens")
record TokensDocument(
        @Schema(description = "Goes into the header Authorization, behind Bearer")
                String accessToken,
        @Schema(example = "Bearer") String tokenType,
        @Schema(description = "Seconds", example = "600") long expiresIn,
        @Schema(description = "Gets the next tokens, once") String refreshToken,
        @Schema(description = "Seconds", example = "1209600") long refreshExpiresIn) {

    /** Keeps the tokens out of logs. */
    @Override
    public String toString() {
        return "TokensDocument[]";
    }
}
