package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** With a certificate, clients speak TLS; who looks after the service does not need to. */
@ServiceTest
@ActiveProfiles("container")
@TestPropertySource(
        properties = {
            "management.server.port=0",
            "server.ssl.bundle=entitydb",
            "spring.ssl.bundle.pem.entitydb.reload-on-update=true",
            "entitydb.security.anonymous-endpoints=health,prometheus"
        })
@DirtiesContext
class ContainerTlsIT {

    private static final char[] PASSWORD = "of this test".toCharArray();

    @TempDir private static Path directory;

    @LocalServerPort private int port;
    @LocalManagementPort private int managementPort;

    @DynamicPropertySource
    static void certificate(DynamicPropertyRegistry properties) throws Exception {
        KeyStore keys = keys();
        Path certificate = directory.resolve("tls.crt");
        Path key = directory.resolve("tls.key");
        Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("it").getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded()));
        String bundle = "spring.ssl.bundle.pem.entitydb.keystore.";
        properties.add(bundle + "certificate", certificate::toString);
        properties.add(bundle + "private-key", key::toString);
    }

    @Test
    void clientsSpeakTls() throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            assertThat(get(client, "https://localhost:" + port + "/livez").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void managementDoesNotAndTellsWhenTheCertificateExpires() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String at = "http://localhost:" + managementPort + "/actuator";

            assertThat(get(client, at + "/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(client, at + "/prometheus").body())
                    .contains("\nssl_chain_expiry_seconds{bundle=\"entitydb\"");
        }
    }

    private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A key pair of its own, as the JDK's tool makes it. */
    private static KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "it",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                String.valueOf(PASSWORD))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext trusting() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", keys.getCertificate("it"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(
                        type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
    }
}
