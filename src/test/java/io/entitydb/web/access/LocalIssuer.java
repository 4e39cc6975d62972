package io.entitydb.web.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An OpenID provider on this machine: its description, its keys, and tokens that it signs. */
final class LocalIssuer implements AutoCloseable {

    static final String AUDIENCE = "entitydb";

    private final HttpServer server;
    private final List<JWK> keys = new CopyOnWriteArrayList<>();

    LocalIssuer() throws IOException, JOSEException {
        this(0);
    }

    /** A provider on a port; 0 for any. */
    LocalIssuer(int port) throws IOException, JOSEException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve(
                "/.well-known/openid-configuration",
                () ->
                        """
                        {"issuer": "%1$s", "jwks_uri": "%1$s/keys",
                         "authorization_endpoint": "%1$s/login", "token_endpoint": "%1$s/token",
                         "response_types_supported": ["code"], "subject_types_supported": ["public"],
                         "id_token_signing_alg_values_supported": ["RS256", "ES256"]}"""
                                .formatted(uri()));
        serve("/keys", () -> new JWKSet(List.copyOf(keys)).toString());
        rotate();
        server.start();
    }

    private void serve(String path, Supplier<String> body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    String uri() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Signs with other keys from here on, and does not know those before any more. */
    void rotate() throws JOSEException {
        List<JWK> fresh =
                List.of(
                        new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate(),
                        new ECKeyGenerator(Curve.P_256)
                                .keyID(UUID.randomUUID().toString())
                                .generate());
        keys.clear();
        keys.addAll(fresh);
    }

    RSAKey rsa() {
        return keys.getFirst().toRSAKey();
    }

    ECKey ec() {
        return keys.getLast().toECKey();
    }

    /** Claims of a token that is good. */
    JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** A token signed with RSA. */
    String token(JWTClaimsSet claims) throws JOSEException {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa().getKeyID()).build(),
                claims,
                new RSASSASigner(rsa()));
    }

    /** A token signed with an elliptic curve. */
    String curvedToken(JWTClaimsSet claims) throws JOSEException {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ec().getKeyID()).build(),
                claims,
                new ECDSASigner(ec()));
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
