package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.entitydb.entity.Digest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Access tokens: JSON Web Tokens that this service signs with HMAC-SHA-256 and accepts from nobody
 * else. What a token says is who its session belongs to; what they may do is looked up at each
 * request.
 *
 * <p><b>Source:</b> RFC 7519, RFC 7515, RFC 8725 (one algorithm, one type, one issuer, one
 * audience).
 */
final class AccessTokens {

    /** Names this service in its tokens. */
    static final String ISSUER = "urn:entitydb";

    /** Longest token that is looked at. */
    static final int MAX_LENGTH = 8192;

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final int REMEMBERED = 10_000;

    private final SigningKeys keys;
    private final Clock clock;

    /**
     * Tokens that were found to be signed, by their digests: neither a token nor the time that a
     * comparison takes is to be had from here.
     */
    private final Cache<Digest, Signed> signed =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    AccessTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param user whose session it is
     * @param session which one
     */
    record Claims(String user, String session) {}

    /**
     * A token with a signature that is right.
     *
     * @param key what signed it
     * @param expires the end of its life
     */
    private record Signed(SigningKeys.Key key, Instant expires, Claims claims) {}

    /** A token for a session. */
    String issue(String user, String session, Duration lifetime) {
        SigningKeys.Key key = keys.keys().getFirst();
        Instant now = clock.instant();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).keyID(key.id()).build();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(ISSUER)
                        .subject(user)
                        .claim("sid", session)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)))
                        .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
        return token.serialize();
    }

    /** What a token says; empty if it is not one of this service that is valid now. */
    Optional<Claims> verify(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Digest digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        Signed known = signed.getIfPresent(digest);
        if (known == null) {
            known = read(text);
            if (known == null) {
                return Optional.empty();
            }
            signed.put(digest, known);
        }
        // Time goes on, and keys are taken away.
        if (known.expires().isAfter(clock.instant()) && keys.keys().contains(known.key())) {
            return Optional.of(known.claims());
        }
        signed.invalidate(digest);
        return Optional.empty();
    }

    private @Nullable Signed read(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    || !TYPE.equals(header.getType())) {
                return null;
            }
            SigningKeys.Key key = keyOf(header.getKeyID());
            return key != null && token.verify(new MACVerifier(key.secret()))
                    ? read(key, token.getJWTClaimsSet())
                    : null;
        } catch (ParseException | JOSEException e) {
            return null;
        }
    }

    private SigningKeys.@Nullable Key keyOf(@Nullable String id) {
        for (SigningKeys.Key key : keys.keys()) {
            if (key.id().equals(id)) {
                return key;
            }
        }
        return null;
    }

    private static @Nullable Signed read(SigningKeys.Key key, JWTClaimsSet claims)
            throws ParseException {
        Date expires = claims.getExpirationTime();
        String user = claims.getSubject();
        String session = claims.getStringClaim("sid");
        boolean isOurs =
                ISSUER.equals(claims.getIssuer()) && claims.getAudience().equals(List.of(ISSUER));
        return isOurs && expires != null && user != null && session != null
                ? new Signed(key, expires.toInstant(), new Claims(user, session))
                : null;
    }
}
