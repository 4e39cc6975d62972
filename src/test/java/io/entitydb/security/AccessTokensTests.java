package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

class AccessTokensTests {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir private Path directory;

    private SigningKeys keys;
    private AccessTokens tokens;

    @BeforeEach
    void open() {
        keys = new SigningKeys(directory.resolve("keys"), true, () -> 0);
        tokens = at(NOW);
    }

    private AccessTokens at(Instant instant) {
        return new AccessTokens(keys, Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(AccessTokens.ISSUER)
                .audience(AccessTokens.ISSUER)
                .subject("ada")
                .claim("sid", "s")
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    /** A token that is right but for what a test changes in it. */
    private String forged(
            JWSAlgorithm algorithm, JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SigningKeys.Key key = keys.keys().getFirst();
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm).type(type).keyID(key.id()).build(),
                        change.apply(claims()).build());
        byte[] secret = key.secret().getEncoded();
        token.sign(new MACSigner(java.util.Arrays.copyOf(secret, 64)));
        return token.serialize();
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        SigningKeys.Key key = keys.keys().getFirst();
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(key.id())
                                .build(),
                        change.apply(claims()).build());
        token.sign(new MACSigner(key.secret()));
        return token.serialize();
    }

    @Test
    void whatIsIssuedIsAcceptedUntilItExpires() {
        String token = tokens.issue("ada", "s", Duration.ofMinutes(10));

        assertThat(tokens.verify(token)).contains(new AccessTokens.Claims("ada", "s"));
        assertThat(at(NOW.plus(Duration.ofMinutes(9))).verify(token)).isPresent();
        assertThat(at(NOW.plus(Duration.ofMinutes(10))).verify(token)).isEmpty();
        assertThat(at(NOW.plus(Duration.ofDays(1))).verify(token)).isEmpty();
    }

    @Test
    void aForgeryThatIsRightInEveryRespectIsAccepted() throws JOSEException {
        assertThat(tokens.verify(signed(same -> same))).isPresent();
    }

    @Test
    void claimsThatAreNotThoseOfThisServiceAreRefused() throws JOSEException {
        assertThat(tokens.verify(signed(all -> all.issuer("urn:other")))).isEmpty();
        assertThat(tokens.verify(signed(all -> all.issuer(null)))).isEmpty();
        assertThat(tokens.verify(signed(all -> all.audience("urn:other")))).isEmpty();
        assertThat(
                        tokens.verify(
                                signed(
                                        all ->
                                                all.audience(
                                                        java.util.List.of(
                                                                AccessTokens.ISSUER, "x")))))
                .isEmpty();
        assertThat(tokens.verify(signed(all -> all.subject(null)))).isEmpty();
        assertThat(tokens.verify(signed(all -> all.claim("sid", null)))).isEmpty();
        assertThat(tokens.verify(signed(all -> all.claim("sid", 7)))).isEmpty();
        assertThat(tokens.verify(signed(all -> all.expirationTime(null)))).isEmpty();
    }

    @Test
    void otherAlgorithmsAndTypesAreRefused() throws JOSEException {
        JOSEObjectType type = new JOSEObjectType("at+jwt");

        assertThat(tokens.verify(forged(JWSAlgorithm.HS512, type, same -> same))).isEmpty();
        assertThat(tokens.verify(forged(JWSAlgorithm.HS256, JOSEObjectType.JWT, same -> same)))
                .isEmpty();
        assertThat(tokens.verify(new PlainJWT(claims().build()).serialize())).isEmpty();
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String token = tokens.issue("ada", "s", Duration.ofMinutes(10));

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verify(changed)).as("character %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJ.eyJ.", "e30.e30.", "e30.e30.AA"})
    void garbageIsRefused(String text) {
        assertThat(tokens.verify(text)).isEmpty();
    }

    @Test
    void aTokenOfAnotherServiceAndAnOversizedOneAreRefused() {
        SigningKeys others = new SigningKeys(directory.resolve("others"), true, () -> 0);
        String foreign =
                new AccessTokens(others, Clock.fixed(NOW, ZoneOffset.UTC))
                        .issue("ada", "s", Duration.ofMinutes(10));
        String large = tokens.issue("a".repeat(10_000), "s", Duration.ofMinutes(10));

        assertThat(tokens.verify(foreign)).isEmpty();
        assertThat(tokens.verify(large)).isEmpty();
    }

    @Test
    void aTokenThatWasAcceptedBeforeIsRefusedWhenItsKeyIsTakenAway() {
        String token = tokens.issue("ada", "s", Duration.ofMinutes(10));
        assertThat(tokens.verify(token)).isPresent();
        keys.rotate();
        keys.rotate();
        assertThat(tokens.verify(token)).isPresent();

        keys.rotate();

        assertThat(tokens.verify(token)).isEmpty();
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenThatWasAcceptedBeforeIsRefusedWhenItHasExpired() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        AccessTokens aging =
                new AccessTokens(keys, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
        String token = aging.issue("ada", "s", Duration.ofMinutes(10));
        assertThat(aging.verify(token)).isPresent();

        now.set(NOW.plus(Duration.ofMinutes(10)));

        assertThat(aging.verify(token)).isEmpty();
    }
}
