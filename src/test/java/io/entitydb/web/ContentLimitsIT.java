package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** What is sent as bytes has limits of its own: of length and of time. */
@ServiceTest
@TestPropertySource(
        properties = {
            "entitydb.web.max-body=1KB",
            "entitydb.web.max-content=100KB",
            "entitydb.web.upload-timeout=1s",
            "server.tomcat.connection-timeout=400ms"
        })
class ContentLimitsIT {

    private static final String PATH = Api.entity("default", "limits");

    private final Api api;

    @LocalServerPort int port;

    ContentLimitsIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void awaitStore() {
        await().until(() -> api.get("/readyz").status() == 200);
    }

    private Answer send(int length, boolean isLengthKnown) {
        byte[] bytes = new byte[length];
        return api.send(
                "PUT",
                PATH + "/content",
                isLengthKnown
                        ? BodyPublishers.ofByteArray(bytes)
                        : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    @Test
    void lengthIsLimitedApartFromThatOfOtherBodies() {
        for (boolean isLengthKnown : new boolean[] {true, false}) {
            assertThat(send(100 << 10, isLengthKnown).status()).isIn(200, 201);
            send((100 << 10) + 1, isLengthKnown).expectProblem(413, "body-too-large");
        }
        api.put(PATH, "{\"content\":\"" + "YWFh".repeat(400) + "\"}")
                .expectProblem(413, "body-too-large");
        assertThat(api.get(PATH).json().path("contentLength").asInt()).isEqualTo(100 << 10);
    }

    private Socket begun(String id) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        String head =
                "PUT "
                        + Api.entity("default", id)
                        + "/content HTTP/1.1\r\nHost: localhost\r\n"
                        + Api.authorization(port)
                        + "Content-Length: 90000\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] first = socket.getInputStream().readNBytes(12);
        return new String(first, StandardCharsets.US_ASCII);
    }

    @Test
    void aClientThatFallsSilentIsToldSo() throws IOException {
        try (Socket socket = begun("silent")) {
            socket.getOutputStream().write(new byte[5000]);

            assertThat(answer(socket)).isEqualTo("HTTP/1.1 408");
        }
        api.get(Api.entity("default", "silent")).expectProblem(404, "entity-not-found");
    }

    /** One byte again and again keeps the connection busy, but not for ever. */
    @Test
    void aClientThatDripsIsToldSo() throws IOException {
        try (Socket socket = begun("dripping")) {
            socket.setSoTimeout(20);
            long start = System.nanoTime();
            String answer = drip(socket);
            assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
        api.get(Api.entity("default", "dripping")).expectProblem(404, "entity-not-found");
    }

    /** Sends a byte whenever no answer has come for a while. */
    private static String drip(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.length() < 12) {
            try {
                answer.append((char) socket.getInputStream().read());
            } catch (SocketTimeoutException e) {
                socket.getOutputStream().write(1);
            }
        }
        return answer.toString();
    }
}
