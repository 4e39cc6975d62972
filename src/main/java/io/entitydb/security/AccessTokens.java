package io.entitydb.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

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

    private final SigningKeys keys;
    private final Clock clock;

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
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    || !TYPE.equals(header.getType())
                    || !isSigned(token, header.getKeyID())) {
                return Optional.empty();
            }
            return valid(token.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private boolean isSigned(SignedJWT token, String keyId) throws JOSEException {
        for (SigningKeys.Key key : keys.keys()) {
            if (key.id().equals(keyId)) {
                return token.verify(new MACVerifier(key.secret()));
            }
        }
        return false;
    }

    private Optional<Claims> valid(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        String session = claims.getStringClaim("sid");
        boolean isValid =
                ISSUER.equals(claims.getIssuer())
                        && claims.getAudience().equals(List.of(ISSUER))
                        && expires != null
                        && expires.toInstant().isAfter(clock.instant())
                        && claims.getSubject() != null
                        && session != null;
        return isValid ? Optional.of(new Claims(claims.getSubject(), session)) : Optional.empty();
    }
}
