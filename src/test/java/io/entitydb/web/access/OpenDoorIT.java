package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Without authentication only this machine is served, and only what is meant for it. */
@ExtendWith(OutputCaptureExtension.class)
class OpenDoorIT {

    private static final String OFF = "entitydb.security.enabled=false";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.address=",
                "server.address=0.0.0.0",
                "server.address=::",
                "server.address=192.0.2.1",
                "management.server.port=0",
                "management.server.address=0.0.0.0 management.server.port=0"
            })
    void itIsRefusedWhereOthersCouldConnect(String settings, CapturedOutput log) {
        String[] all = (OFF + " " + settings).split(" ", -1);

        assertThatThrownBy(() -> Started.over(directory, all).close())
                .hasStackTraceContaining("entitydb.security.enabled");
        assertThat(log.getAll()).contains("others could connect").doesNotContain("Tomcat started");
    }

    @Test
    void itWorksOnThisMachineAndSaysSo(CapturedOutput log) throws IOException {
        try (Started service = Started.over(directory, OFF).ready();
                Api api = new Api(service.port())) {
            assertThat(log.getAll()).contains("Authentication is OFF");
            api.put(Api.entity("default", "open"), "{}").expect(201);
            api.get("/api/v1/store").expect(200);
            assertThat(api.get(Api.entity("default", "open") + "/blame").body())
                    .contains("\"principal\":\"anonymous\"");
            assertThat(exchange(service, "Host: localhost")).startsWith("HTTP/1.1 200");
            assertThat(exchange(service, "Host: [::1]")).startsWith("HTTP/1.1 200");

            // A page that lets its own name point to this machine.
            assertThat(exchange(service, "Host: evil.example"))
                    .startsWith("HTTP/1.1 403")
                    .contains("access-denied");
            pagesOfOtherOriginsAreRefused(api, service.port());
        }
    }

    private static void pagesOfOtherOriginsAreRefused(Api api, int port) {
        Answer asked =
                api.send(
                        "POST",
                        Api.entity("default", "open") + ":restore",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://evil.example");
        Answer own =
                api.send(
                        "POST",
                        Api.entities("default"),
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "application/json",
                        "Origin",
                        "http://127.0.0.1:" + port);

        asked.expectProblem(403, "access-denied");
        own.expect(201);
        api.get("/api/v1/datasets", "Origin", "null").expectProblem(403, "access-denied");
    }

    private static String exchange(Started service, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(20_000);
            String request =
                    "GET /api/v1/datasets HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
