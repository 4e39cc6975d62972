package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Tokens of an OpenID provider, good ones and others. */
class OidcIT {

    private static final String ME = "/api/v1/auth/me";
    private static final String CLAIM = "entitydb";

    @TempDir private static Path directory;

    private static LocalIssuer issuer;
    private static Started service;
    private static Api anonymous;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        issuer = new LocalIssuer();
        service = start(directory.resolve("data"), issuer.uri());
        anonymous = new Api(service.port());
    }

    @AfterAll
    static void stop() {
        anonymous.close();
        service.close();
        issuer.close();
    }

    private static Started start(Path data, String issuer) {
        return Started.over(
                        data,
                        "entitydb.security.admin-password=" + TemporaryDirectory.PASSWORD,
                        "entitydb.security.oidc.issuer-uri=" + issuer,
                        "entitydb.security.oidc.audience=" + LocalIssuer.AUDIENCE)
                .ready();
    }

    private static Answer show(String token) {
        return anonymous.get(ME, "Authorization", "Bearer " + token);
    }

    private static void refused(String token) {
        show(token).expectProblem(401, "unauthenticated");
    }

    @Test
    void claimSaysWhatItsOwnerMayDo() throws JOSEException {
        JWTClaimsSet claims =
                issuer.claims("alice")
                        .claim(
                                CLAIM,
                                List.of(
                                        "viewer",
                                        "dataset:default:entity:create",
                                        "rbac:perm:store:view"))
                        .build();
        for (String token : List.of(issuer.token(claims), issuer.curvedToken(claims))) {
            Answer me = show(token).expect(200);

            assertThat(me.json().path("name").stringValue()).isEqualTo("oidc:alice");
            assertThat(me.json().path("method").stringValue()).isEqualTo("oidc");
            assertThat(me.texts("permissions"))
                    .containsExactly(
                            "dataset:default:entity:create",
                            "rbac:perm:entity:view",
                            "rbac:perm:store:view");
        }
        try (Api alice = Api.withToken(service.port(), issuer.token(claims))) {
            alice.post(Api.entities("default"), "{\"id\": \"of-alice\"}").expect(201);
            assertThat(alice.get(Api.entity("default", "of-alice") + "/blame").body())
                    .contains("\"principal\":\"oidc:alice\"");
            alice.delete(Api.entity("default", "of-alice")).expectProblem(403, "access-denied");
            alice.delete("/api/v1/auth/tokens/current").expectProblem(403, "access-denied");
            alice.post("/api/v1/users/oidc:alice/keys", "{\"label\": \"x\", \"expiresInDays\": 1}")
                    .expectProblem(403, "access-denied");
        }
    }

    @Test
    void typeOfTheTokenMayBeSaid() throws JOSEException {
        JWSHeader.Builder header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(issuer.rsa().getKeyID());
        JWTClaimsSet claims = issuer.claims("alice").build();
        RSASSASigner signer = new RSASSASigner(issuer.rsa());

        for (String type : List.of("JWT", "at+jwt")) {
            header.type(new JOSEObjectType(type));
            show(LocalIssuer.sign(header.build(), claims, signer)).expect(200);
        }
        header.type(new JOSEObjectType("logout+jwt"));
        refused(LocalIssuer.sign(header.build(), claims, signer));
    }

    @Test
    void tokenForOthersOrOfAnotherTimeIsRefused() throws JOSEException {
        Instant now = Instant.now();
        List<JWTClaimsSet> bad =
                List.of(
                        issuer.claims("a").audience("another").build(),
                        issuer.claims("a").audience((String) null).build(),
                        issuer.claims("a").issuer("https://issuer.example").build(),
                        issuer.claims("a").issuer(issuer.uri() + "/").build(),
                        issuer.claims("a").issuer("urn:entitydb").build(),
                        issuer.claims("a").issuer(null).build(),
                        issuer.claims("a").expirationTime(null).build(),
                        issuer.claims("a").expirationTime(Date.from(now.minusSeconds(60))).build(),
                        issuer.claims("a").notBeforeTime(Date.from(now.plusSeconds(120))).build());
        for (JWTClaimsSet claims : bad) {
            refused(issuer.token(claims));
        }
        show(issuer.token(issuer.claims("a").audience(List.of("b", LocalIssuer.AUDIENCE)).build()))
                .expect(200);
    }

    @Test
    void signatureOfSomebodyElseIsRefused() throws JOSEException {
        JWTClaimsSet claims = issuer.claims("alice").claim(CLAIM, List.of("admin")).build();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(issuer.rsa().getKeyID()).build();
        RSASSASigner other = new RSASSASigner(new RSAKeyGenerator(2048).generate());
        byte[] publicKey = issuer.rsa().toRSAPublicKey().getEncoded();

        refused(new PlainJWT(claims).serialize());
        refused(LocalIssuer.sign(header, claims, other));
        refused(LocalIssuer.sign(new JWSHeader(JWSAlgorithm.RS256), claims, other));
        refused(
                LocalIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build(),
                        claims,
                        other));
        // The public key as the secret of a code that both sides would know.
        refused(
                LocalIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(issuer.rsa().getKeyID())
                                .build(),
                        claims,
                        new MACSigner(publicKey)));
        refused(
                LocalIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(issuer.rsa().getKeyID())
                                .build(),
                        claims,
                        new MACSigner(
                                Arrays.copyOf(
                                        issuer.rsa()
                                                .toPublicJWK()
                                                .toString()
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.US_ASCII),
                                        256))));
    }

    @Test
    void providerMayChangeItsKeys() throws JOSEException {
        JWTClaimsSet claims = issuer.claims("alice").build();
        String before = issuer.token(claims);
        show(before).expect(200);

        issuer.rotate();

        show(issuer.token(claims)).expect(200);
        refused(before);
    }

    @Test
    void hostileNamesAreNobody() throws JOSEException {
        for (String name :
                Arrays.asList(
                        "", " ", "a b", "a\nb", "a\u0000b", "\u00e4", "a".repeat(201), null)) {
            refused(issuer.token(issuer.claims("x").subject(name).build()));
        }
        for (String name : List.of("admin", "system", "../user/admin", "oidc:admin")) {
            String token = issuer.token(issuer.claims(name).build());

            assertThat(show(token).expect(200).json().path("name").stringValue())
                    .isEqualTo("oidc:" + name);
            assertThat(show(token).texts("permissions")).isEmpty();
            anonymous
                    .get("/api/v1/users/admin/keys", "Authorization", "Bearer " + token)
                    .expectProblem(403, "access-denied");
        }
    }

    @Test
    void hostileClaimsPermitNothing() throws JOSEException {
        List<Object> claims =
                new ArrayList<>(
                        List.of(
                                7,
                                true,
                                Map.of("roles", List.of("admin")),
                                List.of(List.of("admin")),
                                List.of(Map.of("name", "admin")),
                                List.of("nobody-made-it", "rbac:role:nobody-made-it"),
                                List.of(
                                        "rbac:perm:nothing:at-all",
                                        "dataset::*",
                                        "dataset:*:*",
                                        ":"),
                                List.of(
                                        "rbac:perm:entity:view ",
                                        " admin",
                                        "Admin",
                                        "admin,viewer"),
                                List.of("type:user", "key-of:admin"),
                                ""));
        for (Object claim : claims) {
            Answer me = show(issuer.token(issuer.claims("eve").claim(CLAIM, claim).build()));

            assertThat(me.expect(200).texts("permissions")).as(claim.toString()).isEmpty();
        }
        assertThat(
                        show(issuer.token(
                                        issuer.claims("eve").claim(CLAIM, "viewer editor").build()))
                                .texts("permissions"))
                .contains("rbac:perm:entity:view", "rbac:perm:entity:create");
    }

    /** The provider is asked when its first token comes, and again when it did not answer. */
    @Test
    void serviceStartsWithoutTheProvider() throws IOException, JOSEException {
        LocalIssuer gone = new LocalIssuer();
        String token = gone.token(gone.claims("alice").build());
        gone.close();
        try (Started other = start(directory.resolve("other"), gone.uri());
                Api client = new Api(other.port())) {
            client.get(ME, "Authorization", "Bearer " + token)
                    .expectProblem(503, "authentication-unavailable");
            String own = client.login(TemporaryDirectory.ADMIN, TemporaryDirectory.PASSWORD);
            client.get(ME, "Authorization", "Bearer " + own).expect(200);

            try (LocalIssuer back = new LocalIssuer(gone.port())) {
                client.get(
                                ME,
                                "Authorization",
                                "Bearer " + back.token(back.claims("alice").build()))
                        .expect(200);
            }
        }
    }
}
