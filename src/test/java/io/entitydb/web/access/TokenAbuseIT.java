package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tokens that were forged, bent, sent the wrong way or used twice. */
@ServiceTest
class TokenAbuseIT {

    private static final String ME = "/api/v1/auth/me";
    private static final String TOKENS = "/api/v1/auth/tokens";

    private final String user = "tess-" + UUID.randomUUID().toString().substring(0, 8);
    private final Api admin;

    @LocalServerPort int port;

    @Value("${entitydb.storage.directory}")
    Path data;

    private Cast cast;
    private Api tess;

    TokenAbuseIT(Api admin) {
        this.admin = admin;
    }

    @BeforeEach
    void prepare() {
        cast = new Cast(admin, port);
        cast.user(user, "rbac:role:viewer");
        tess = cast.as(user);
    }

    @AfterEach
    void close() {
        cast.close();
    }

    private Answer show(String token) {
        return cast.anonymous().get(ME, "Authorization", "Bearer " + token);
    }

    private void refused(String token) {
        Answer answer = show(token);
        answer.expectProblem(401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    private byte[] secret() throws IOException {
        return Base64.getDecoder()
                .decode(Files.readAllLines(data.resolve("signing-keys")).getFirst());
    }

    private static SignedJWT good(String token) throws ParseException {
        return SignedJWT.parse(token);
    }

    private static JWTClaimsSet.Builder claims(SignedJWT token) throws ParseException {
        return new JWTClaimsSet.Builder(token.getJWTClaimsSet());
    }

    private String signed(JWSHeader header, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new MACSigner(secret()));
        return token.serialize();
    }

    /** With the right key each of them is signed well, so it is the claim that is refused. */
    @Test
    void wellSignedTokenWithAWrongClaimIsRefused() throws Exception {
        SignedJWT token = good(cast.tokenOf(user));
        JWSHeader header = token.getHeader();
        assertThat(show(signed(header, claims(token).build())).status()).isEqualTo(200);

        List<JWTClaimsSet> bent =
                List.of(
                        claims(token)
                                .expirationTime(Date.from(Instant.now().minusSeconds(1)))
                                .build(),
                        claims(token).expirationTime(null).build(),
                        claims(token).issuer("https://issuer.example").build(),
                        claims(token).issuer(null).build(),
                        claims(token).audience("urn:other").build(),
                        claims(token).audience(List.of("urn:entitydb", "urn:other")).build(),
                        claims(token).subject("admin").build(),
                        claims(token).subject("system").build(),
                        claims(token).subject(null).build(),
                        claims(token).claim("sid", "0".repeat(32)).build(),
                        claims(token).claim("sid", "../user/admin").build(),
                        claims(token).claim("sid", null).build(),
                        claims(token).claim("sid", List.of("a")).build());
        for (JWTClaimsSet claims : bent) {
            refused(signed(header, claims));
        }
    }

    @Test
    void wrongHeaderIsRefused() throws Exception {
        SignedJWT token = good(cast.tokenOf(user));
        JWSHeader header = token.getHeader();
        JWTClaimsSet claims = token.getJWTClaimsSet();

        refused(signed(new JWSHeader.Builder(header).type(JOSEObjectType.JWT).build(), claims));
        refused(signed(new JWSHeader.Builder(header).type(null).build(), claims));
        refused(signed(new JWSHeader.Builder(header).keyID("other").build(), claims));
        refused(signed(new JWSHeader.Builder(header).keyID(null).build(), claims));
        SignedJWT longer =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS512)
                                .type(header.getType())
                                .keyID(header.getKeyID())
                                .build(),
                        claims);
        byte[] key = java.util.Arrays.copyOf(secret(), 64);
        longer.sign(new MACSigner(key));
        refused(longer.serialize());
        RSAKey pair = new RSAKeyGenerator(2048).keyID(header.getKeyID()).generate();
        SignedJWT asymmetric =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(header.getType())
                                .keyID(header.getKeyID())
                                .jwk(pair.toPublicJWK())
                                .build(),
                        claims);
        asymmetric.sign(new RSASSASigner(pair));
        refused(asymmetric.serialize());
        refused(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(header.getType())
                                .keyID(header.getKeyID())
                                .criticalParams(Set.of("urn:x"))
                                .customParam("urn:x", true)
                                .build(),
                        claims));
    }

    @Test
    void unsignedAndBentTextsAreRefused() throws Exception {
        String token = cast.tokenOf(user);
        String[] parts = token.split("\\.", -1);
        String none = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
        String admin =
                base64(
                        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                                .replace(user, "admin"));
        String deep = base64("{\"a\":" + "[".repeat(3000) + "]".repeat(3000) + "}");

        for (String text :
                List.of(
                        none + "." + parts[1] + ".",
                        none + "." + parts[1] + "." + parts[2],
                        none.replace("none", "NONE") + "." + admin + ".",
                        parts[0] + "." + admin + "." + parts[2],
                        parts[0] + "." + parts[1] + ".",
                        parts[0] + "." + parts[1],
                        parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2],
                        parts[0] + "." + parts[1] + "." + "A".repeat(43),
                        token + "A",
                        token.substring(0, token.length() - 2) + "AA",
                        "." + token,
                        "..",
                        "a",
                        "null",
                        deep + "." + parts[1] + "." + parts[2],
                        parts[0] + "." + deep + "." + parts[2],
                        "edbk_" + "0".repeat(32) + "_" + "A".repeat(43),
                        "edbk_",
                        "edbk_../user/admin",
                        "edbr_" + "0".repeat(32) + "_" + "A".repeat(43),
                        token + "A".repeat(8000))) {
            refused(text);
        }
        assertThat(show("a".repeat(40_000)).status()).isIn(400, 401, 431);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokenIsTakenFromItsHeaderOnly() {
        String token = cast.tokenOf(user);
        Api anonymous = cast.anonymous();

        anonymous.get(ME + "?access_token=" + token).expectProblem(401, "unauthenticated");
        anonymous.get(ME + "?token=" + token).expectProblem(401, "unauthenticated");
        anonymous.get(ME, "Cookie", "access_token=" + token).expectProblem(401, "unauthenticated");
        anonymous
                .get(ME, "X-Authorization", "Bearer " + token)
                .expectProblem(401, "unauthenticated");
        tess.get(ME + "?access_token=" + token).expectProblem(422, "unknown-parameter");
        anonymous
                .send(
                        "POST",
                        "/api/v1/datasets",
                        java.net.http.HttpRequest.BodyPublishers.ofString("access_token=" + token),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .expectProblem(401, "unauthenticated");
        for (String scheme : List.of("Basic ", "bearer", "Bearer", "Bearer:", "Token ", "")) {
            assertThat(anonymous.get(ME, "Authorization", scheme + token).status())
                    .as(scheme)
                    .isEqualTo(401);
        }
        assertThat(anonymous.get(ME, "Authorization", "bearer " + token).status()).isEqualTo(200);
    }

    @Test
    void headersAreNotSmuggled() throws IOException {
        String mine = "Authorization: Bearer " + cast.tokenOf(user) + "\r\n";
        String admins = Api.authorization(port);

        assertThat(raw(mine + admins)).startsWith("HTTP/1.1 401");
        assertThat(raw(admins + mine)).startsWith("HTTP/1.1 401");
        assertThat(raw(admins.replace("\r\n", "\r\n\tx\r\n"))).startsWith("HTTP/1.1 40");
        assertThat(raw(admins.replace("Bearer ", "Bearer \u0000"))).startsWith("HTTP/1.1 40");
        assertThat(raw(admins.replace("\r\n", ", " + mine.strip() + "\r\n")))
                .startsWith("HTTP/1.1 401");
        assertThat(raw(admins)).startsWith("HTTP/1.1 200");
    }

    private String raw(String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request =
                    "GET "
                            + ME
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + headers
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode tokens() {
        return cast.anonymous()
                .post(
                        TOKENS,
                        "{\"username\": \"%s\", \"password\": \"%s\"}"
                                .formatted(user, Cast.PASSWORD))
                .expect(200)
                .json();
    }

    private Answer refresh(String token) {
        return cast.anonymous().post(TOKENS + ":refresh", "{\"refreshToken\": \"" + token + "\"}");
    }

    @Test
    void refreshTokenThatIsUsedTwiceEndsItsFamily() {
        JsonNode first = tokens();
        JsonNode other = tokens();
        String used = first.path("refreshToken").stringValue();
        JsonNode second = refresh(used).expect(200).json();

        refresh(used).expectProblem(401, "login-failed");

        refused(first.path("accessToken").stringValue());
        refused(second.path("accessToken").stringValue());
        refresh(second.path("refreshToken").stringValue()).expectProblem(401, "login-failed");
        assertThat(show(other.path("accessToken").stringValue()).status()).isEqualTo(200);
    }

    @Test
    void ofManyAtOnceAtMostOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            String token = tokens().path("refreshToken").stringValue();
            int clients = 8;
            CyclicBarrier start = new CyclicBarrier(clients);
            List<Future<Answer>> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
                for (int i = 0; i < clients; i++) {
                    all.add(
                            threads.submit(
                                    () -> {
                                        start.await();
                                        return refresh(token);
                                    }));
                }
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : all) {
                statuses.add(answer.get().status());
                if (answer.get().status() == 200) {
                    refused(answer.get().json().path("accessToken").stringValue());
                }
            }

            assertThat(statuses).containsOnly(200, 401);
            assertThat(statuses.stream().filter(status -> status == 200)).hasSizeLessThan(2);
        }
    }

    @Test
    void whatWasGivenOutEndsWithItsCause() {
        JsonNode loggedOut = tokens();
        cast.with(loggedOut.path("accessToken").stringValue())
                .delete(TOKENS + "/current")
                .expect(204);
        refusedBoth(loggedOut);

        JsonNode changed = tokens();
        admin.put(
                        "/api/v1/users/" + user + "/password",
                        "{\"password\": \"another battery staple\"}")
                .expect(204);
        refusedBoth(changed);
        admin.put(
                        "/api/v1/users/" + user + "/password",
                        "{\"password\": \"%s\"}".formatted(Cast.PASSWORD))
                .expect(204);

        JsonNode disabled = tokens();
        admin.patch("/api/v1/users/" + user, "{\"state\": \"disabled\"}").expect(200);
        refusedBoth(disabled);
        admin.patch("/api/v1/users/" + user, "{\"state\": \"active\"}").expect(200);

        JsonNode removed = tokens();
        admin.delete("/api/v1/users/" + user).expect(204);
        refusedBoth(removed);
    }

    private void refusedBoth(JsonNode tokens) {
        refused(tokens.path("accessToken").stringValue());
        refresh(tokens.path("refreshToken").stringValue()).expectProblem(401, "login-failed");
    }

    /** A token that has expired keeps nobody from logging in. */
    @Test
    void loginDoesNotLookAtTokens() {
        String body = "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, Cast.PASSWORD);

        cast.anonymous().post(TOKENS, body, "Authorization", "Bearer a.b.c").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"missing", "disabled", "no-password", "system", "UPPER", "a b", "../admin"})
    void everyRefusedLoginLooksTheSame(String kind) {
        String name = kind;
        switch (kind) {
            case "disabled" -> {
                name = "off-" + user;
                cast.user(name);
                admin.patch("/api/v1/users/" + name, "{\"state\": \"disabled\"}").expect(200);
            }
            case "no-password" -> {
                name = "keys-" + user;
                admin.post("/api/v1/users", "{\"name\": \"" + name + "\"}").expect(201);
            }
            default -> {}
        }
        Answer wrong = login(user, "not the password");
        Answer refused = login(name, Cast.PASSWORD);

        wrong.expectProblem(401, "login-failed");
        assertThat(bare(refused)).isEqualTo(bare(wrong));
        assertThat(refused.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
    }

    private Answer login(String name, String password) {
        return cast.anonymous()
                .post(
                        TOKENS,
                        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
    }

    private static String bare(Answer answer) {
        return answer.status() + answer.body().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "");
    }

    @Test
    void keysOfAnotherServiceAreNotTaken() throws Exception {
        SignedJWT token = good(cast.tokenOf(user));
        SignedJWT foreign = new SignedJWT(token.getHeader(), token.getJWTClaimsSet());
        foreign.sign(new MACSigner(new byte[32]));

        refused(foreign.serialize());
    }
}
