package io.entitydb.client;

/**
 * What a login gave.
 *
 * @param accessToken goes with each request
 * @param expiresIn seconds that it is accepted for
 * @param refreshToken gets the next tokens, once
 * @param refreshExpiresIn seconds that that is accepted for
 */
public record Tokens(
        String accessToken, long expiresIn, String refreshToken, long refreshExpiresIn) {

    /** Keeps the tokens out of logs. */
    @Override
    public String toString() {
        return "Tokens[expiresIn=" + expiresIn + "]";
    }
}
