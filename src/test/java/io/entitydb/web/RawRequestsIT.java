package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What the server refuses before any code of ours is answered with a problem document too. */
@ServiceTest
class RawRequestsIT {

    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String CHUNKED =
            """
            POST /api/v1/datasets HTTP/1.1
            Host: localhost
            Connection: close
            Content-Type: application/json
            Transfer-Encoding: chunked

            """
                    .replace("\n", "\r\n");

    @LocalServerPort int port;

    /** The client waits until the service is ready. */
    RawRequestsIT(Api ready) {
        ready.get("/readyz").expect(200);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GARBAGE\r\n\r\n", 400),
                Arguments.of("GET /api/v1/datasets/<a>" + END, 400),
                Arguments.of("GET /api/v1/datasets/\u00e4" + END, 400),
                Arguments.of("GET /api/v1/datasets/%" + END, 400),
                Arguments.of("GET /api/v1/datasets/%zz" + END, 400),
                Arguments.of("GET /api/v1/datasets?limit=%zz" + END, 400),
                Arguments.of("GET /api/v1/datasets?limit=%ff" + END, 400),
                Arguments.of("GET /../../etc/passwd" + END, 400),
                Arguments.of("GET /api/v1/datasets HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET /api/v1/datasets HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                Arguments.of("GET /api/v1/datasets HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
                Arguments.of("GET /api/v1/datasets HTTP/7.0\r\nHost: a\r\n\r\n", 505),
                Arguments.of("TRACE /api/v1/datasets" + END, 405),
                Arguments.of("BREW /api/v1/datasets" + END, 405),
                Arguments.of("GET /" + "a".repeat(20_000) + END, 400),
                Arguments.of(
                        "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n", 400),
                Arguments.of("GET /api/v1/datasets?" + "a=1&".repeat(1500) + END, 400),
                Arguments.of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
                Arguments.of(CHUNKED + "zz\r\n", 400),
                Arguments.of(CHUNKED.replace("chunked", "gzip"), 501),
                Arguments.of("TRACE /" + END, 405));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredWithAProblemDocument(String request, int status) throws IOException {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head).contains("Content-Type: application/problem+json");
        String text = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
        JsonNode problem = JsonMapper.shared().readTree(text);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isNotEmpty();
        assertThat(problem.path("traceId").asString()).hasSize(32);
        assertThat(answer).doesNotContain("<html", "Tomcat", "Exception");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String shown =
                    request.replace(
                            "Host: localhost\r\n", "Host: localhost\r\n" + Api.authorization(port));
            socket.getOutputStream().write(shown.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
