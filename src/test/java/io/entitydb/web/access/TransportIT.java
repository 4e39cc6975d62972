package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The service over TLS, as the README sets it up. */
class TransportIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;

    /**
     * What a server showed and answered.
     *
     * @param certificate what it showed
     * @param text what it answered
     */
    private record Exchange(X509Certificate certificate, String text) {}

    private static Exchange get(SSLContext client, int port, String path) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new Exchange(
                    (X509Certificate) socket.getSession().getPeerCertificates()[0],
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Started start(String... more) {
        String bundle = "spring.ssl.bundle.pem.web.";
        String[] settings = {
            "server.ssl.bundle=web",
            bundle + "keystore.certificate=" + directory.resolve("tls.crt"),
            bundle + "keystore.private-key=" + directory.resolve("tls.key"),
            bundle + "reload-on-update=true",
            "spring.ssl.bundle.watch.file.quiet-period=100ms"
        };
        return Started.over(
                directory.resolve("data"),
                java.util.stream.Stream.concat(
                                java.util.Arrays.stream(settings), java.util.Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void certificateIsReplacedWhileTheServiceGoesOn() throws Exception {
        Certificate first = Certificate.make(directory, "first");
        Certificate second = Certificate.make(directory, "second");
        first.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        SSLContext client = Certificate.client(first, first, second);
        try (Started service = start()) {
            int port = service.port();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> get(client, port, "/readyz").text().startsWith("HTTP/1.1 200"));
            Exchange before = get(client, port, "/api/v1/datasets");
            assertThat(before.certificate()).isEqualTo(first.certificate());
            assertThat(before.text())
                    .startsWith("HTTP/1.1 401")
                    .contains("Strict-Transport-Security: max-age=31536000");

            second.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    get(client, port, "/readyz")
                                            .certificate()
                                            .equals(second.certificate()));
        }
    }

    @Test
    void clientsWithoutACertificateAreNotLetIn() throws Exception {
        Certificate server = Certificate.make(directory, "server");
        Certificate known = Certificate.make(directory, "known");
        Certificate other = Certificate.make(directory, "other");
        server.write(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        known.write(directory.resolve("clients.crt"), directory.resolve("known.key"));
        try (Started service =
                start(
                        "server.ssl.client-auth=need",
                        "spring.ssl.bundle.pem.web.truststore.certificate="
                                + directory.resolve("clients.crt"))) {
            SSLContext welcome = Certificate.client(known, server);
            int port = service.port();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> get(welcome, port, "/readyz").text().startsWith("HTTP/1.1 200"));

            // The certificate is asked for besides the token, not in its place.
            assertThat(get(welcome, port, "/api/v1/datasets").text()).startsWith("HTTP/1.1 401");
            SSLContext stranger = Certificate.client(other, server);
            assertThatThrownBy(() -> get(stranger, port, "/readyz"))
                    .isInstanceOf(IOException.class);
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, trustOf(server), null);
            assertThatThrownBy(() -> get(nobody, port, "/readyz")).isInstanceOf(IOException.class);
        }
        assertThat(Files.exists(directory.resolve("data"))).isTrue();
    }

    private static javax.net.ssl.TrustManager[] trustOf(Certificate server) throws Exception {
        java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", server.certificate());
        javax.net.ssl.TrustManagerFactory trust =
                javax.net.ssl.TrustManagerFactory.getInstance(
                        javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }
}
