package io.entitydb.security;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tokens of an OpenID provider. What they permit is what their claim says, in the same tags as
 * those of a user; the name gets a prefix, so that it is never that of a user of this service.
 *
 * <p>The provider is asked for its keys when its first token arrives, so that the service starts
 * without it.
 */
@Slf4j
final class IssuedElsewhere {

    /** What names of the provider begin with. */
    static final String PREFIX = "oidc:";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final String issuer;
    private final SecurityProperties.Oidc properties;
    private final JwtDecoder decoder;
    private final Roles roles;

    IssuedElsewhere(String issuer, SecurityProperties.Oidc properties, Roles roles) {
        this(issuer, properties, roles, new SupplierJwtDecoder(() -> decoder(issuer, properties)));
    }

    IssuedElsewhere(
            String issuer, SecurityProperties.Oidc properties, Roles roles, JwtDecoder decoder) {
        this.issuer = issuer;
        this.properties = properties;
        this.roles = roles;
        this.decoder = decoder;
    }

    private static JwtDecoder decoder(String issuer, SecurityProperties.Oidc properties) {
        String audience = properties.audience();
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(issuer)
                        .restOperations(patient())
                        .validateType(false)
                        .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        types(),
                        new JwtTimestampValidator(properties.clockSkew()),
                        new JwtIssuerValidator(issuer),
                        token -> judge(token, audience)));
        return decoder;
    }

    /** A token that never ends, or that is for others, is not accepted. */
    private static OAuth2TokenValidatorResult judge(Jwt token, @Nullable String audience) {
        List<String> audiences = token.getAudience();
        boolean isForUs = audiences != null && audiences.contains(audience);
        return token.getExpiresAt() != null && isForUs
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
    }

    /** A provider that takes a connection and says nothing holds nobody up for long. */
    private static RestOperations patient() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        return new RestTemplate(requests);
    }

    /** Providers that heed RFC 9068 say of access tokens what they are. */
    private static JwtTypeValidator types() {
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        return types;
    }

    /** Whether tokens of an issuer are looked at. */
    boolean isIssuer(@Nullable String name) {
        return issuer.equals(name);
    }

    /**
     * Who shows a token; empty if it is not valid.
     *
     * @throws AuthenticationServiceException if the provider does not answer
     */
    Optional<Caller> caller(String text) {
        Jwt token;
        try {
            token = decoder.decode(text);
        } catch (BadJwtException e) {
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException | IllegalArgumentException e) {
            throw new AuthenticationServiceException("the issuer of the token does not answer", e);
        }
        String name = token.getClaimAsString(properties.principalClaim());
        if (name == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Caller(
                        PREFIX + name,
                        roles.permissions(tags(token.getClaim(properties.permissionsClaim()))),
                        Caller.Method.OIDC));
    }

    private static Set<Tag> tags(@Nullable Object claim) {
        Collection<?> values =
                switch (claim) {
                    case Collection<?> list -> list;
                    case String text -> List.of(text.split(" ", -1));
                    case null, default -> List.of();
                };
        Set<Tag> tags = new HashSet<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            try {
                tags.add(text.contains(":") ? Tag.parse(text) : Roles.tag(text));
            } catch (InvalidEntityException e) {
                log.debug("a value of the claim is no tag, and permits nothing");
            }
        }
        return tags;
    }
}
