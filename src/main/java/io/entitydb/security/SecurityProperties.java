package io.entitydb.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.Set;

/**
 * Who gets in.
 *
 * @param enabled Whether anybody is asked who they are. `false` is for development: it is refused
 *     unless only this machine is served.
 * @param adminPassword Password of the user `admin`, of at least 12 characters, used when the store
 *     is opened for the first time. Without it, one is made up and written to the log, once.
 * @param signingKeyFile File of keys that sign access tokens: lines of Base64, at least 32 bytes
 *     each; the first signs, all are accepted. It is read again when it changes. Without it,
 *     `signing-keys` in the data directory, which is made with a random key if it is missing.
 * @param accessTokenLifetime How long an access token is accepted; 1m to 1h.
 * @param refreshTokenLifetime How long after its last use a refresh token is accepted; 1h to 365d.
 * @param anonymousEndpoints Management endpoints that need no authentication; the others need
 *     `store:view`.
 * @param oidc Tokens of another issuer.
 */
@Validated
@ConfigurationProperties(SecurityProperties.PREFIX)
public record SecurityProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String adminPassword,
        @Nullable String signingKeyFile,
        @DefaultValue("10m") @DurationMin(minutes = 1) @DurationMax(hours = 1)
                Duration accessTokenLifetime,
        @DefaultValue("14d") @DurationMin(hours = 1) @DurationMax(days = 365)
                Duration refreshTokenLifetime,
        @DefaultValue("health") Set<String> anonymousEndpoints,
        @DefaultValue @Valid Oidc oidc) {

    static final String PREFIX = "entitydb.security";

    /** Refuses a password that is none. */
    public SecurityProperties {
        if (adminPassword != null && !Passwords.isAcceptable(adminPassword)) {
            throw new RefusedSecretException(PREFIX + ".admin-password", Passwords.RULE);
        }
        anonymousEndpoints = Set.copyOf(anonymousEndpoints);
    }

    /**
     * Tokens of another issuer.
     *
     * @param issuerUri The issuer of tokens that are accepted, too, as they name it.
     * @param audience What the `aud` of these tokens must hold; needed with an issuer.
     * @param principalClaim The claim that names the user; history shows it with the prefix
     *     `oidc:`.
     * @param permissionsClaim The claim that lists tags such as `rbac:role:editor`; a value without
     *     a colon is the name of a role.
     * @param clockSkew How far the clocks may differ; at most 5m.
     */
    public record Oidc(
            @Nullable String issuerUri,
            @Nullable String audience,
            @DefaultValue("sub") String principalClaim,
            @DefaultValue("entitydb") String permissionsClaim,
            @DefaultValue("30s") @NotNull @DurationMax(minutes = 5) Duration clockSkew) {}

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "SecurityProperties[enabled=" + enabled + "]";
    }
}
