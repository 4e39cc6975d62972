package io.entitydb.security;

import com.nimbusds.jwt.JWTParser;

import io.entitydb.entity.EntityDbException;
import io.entitydb.storage.error.StorageException;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import java.text.ParseException;
import java.util.Optional;

/** Tells of a bearer token what it is, and asks whoever knows such tokens whose it is. */
@Slf4j
final class BearerTokens implements AuthenticationManager {

    /** Says the same of every token that is not accepted. */
    static final String REFUSAL = "the token is not valid, or no longer";

    private final Callers callers;
    private final @Nullable IssuedElsewhere elsewhere;

    BearerTokens(Callers callers, @Nullable IssuedElsewhere elsewhere) {
        this.callers = callers;
        this.elsewhere = elsewhere;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        return authenticate(((BearerTokenAuthenticationToken) authentication).getToken());
    }

    /** As {@link #authenticate(Authentication)}, of the text of a token. */
    CallerAuthentication authenticate(String text) {
        try {
            return new CallerAuthentication(
                    caller(text).orElseThrow(() -> new InvalidBearerTokenException(REFUSAL)),
                    () -> caller(text));
        } catch (StorageException | EntityDbException e) {
            throw new AuthenticationServiceException("users cannot be read", e);
        } catch (IllegalStateException e) {
            log.error("tokens cannot be checked: {}", e.getMessage());
            throw new AuthenticationServiceException("tokens cannot be checked", e);
        }
    }

    private Optional<Caller> caller(String text) {
        if (Callers.isKey(text)) {
            return callers.ofKey(text);
        }
        if (elsewhere != null && elsewhere.isIssuer(issuerOf(text))) {
            return elsewhere.caller(text);
        }
        return callers.ofToken(text);
    }

    /** What a token claims; whether that is true is checked by whoever it names. */
    private static @Nullable String issuerOf(String text) {
        if (text.length() > AccessTokens.MAX_LENGTH) {
            return null;
        }
        try {
            return JWTParser.parse(text).getJWTClaimsSet().getIssuer();
        } catch (ParseException e) {
            return null;
        }
    }
}
