package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** What browsers are told, and how much is told by how long an answer takes. */
@ServiceTest
class BrowserSafetyIT {

    private static final List<String> HEADERS =
            List.of(
                    "Content-Security-Policy: ",
                    "X-Content-Type-Options: nosniff",
                    "X-Frame-Options: DENY",
                    "Referrer-Policy: no-referrer");

    @LocalServerPort int port;

    private final Api admin;
    private Cast cast;

    BrowserSafetyIT(Api admin) {
        this.admin = admin;
    }

    @BeforeEach
    void prepare() {
        cast = new Cast(admin, port);
    }

    @AfterEach
    void close() {
        cast.close();
    }

    /** Whoever answers: a controller, a filter, the security, or the server itself. */
    @Test
    void everyAnswerHasTheHeaders() throws IOException {
        String token = Api.authorization(port);
        for (String request :
                List.of(
                        "GET /api/v1/datasets HTTP/1.1\r\nHost: a\r\n" + token,
                        "GET /api/v1/datasets HTTP/1.1\r\nHost: a\r\n",
                        "GET /api/v1/datasets/none HTTP/1.1\r\nHost: a\r\n" + token,
                        "GET /nothing HTTP/1.1\r\nHost: a\r\n" + token,
                        "GET /api/v1/datasets/a;b HTTP/1.1\r\nHost: a\r\n",
                        "GET /api/v1/datasets/%zz HTTP/1.1\r\nHost: a\r\n",
                        "GET /api/v1/datasets HTTP/1.1\r\n",
                        "BREW /api/v1/datasets HTTP/1.1\r\nHost: a\r\n" + token,
                        "TRACE / HTTP/1.1\r\nHost: a\r\n",
                        "GET /readyz HTTP/1.1\r\nHost: a\r\n",
                        "GET /actuator/health HTTP/1.1\r\nHost: a\r\n",
                        "GET /v3/api-docs HTTP/1.1\r\nHost: a\r\n",
                        "GET /swagger-ui/index.html HTTP/1.1\r\nHost: a\r\n")) {
            String answer = raw(request + "Connection: close\r\n\r\n");
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));

            assertThat(head).as(request).contains(HEADERS);
            assertThat(head).as(request).doesNotContain("Strict-Transport-Security", "Set-Cookie");
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotEvenAsk() {
        Answer asked =
                cast.anonymous()
                        .send(
                                "OPTIONS",
                                "/api/v1/datasets",
                                BodyPublishers.noBody(),
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "POST");
        Answer read = admin.get("/api/v1/datasets", "Origin", "https://evil.example");

        assertThat(asked.status()).isEqualTo(401);
        for (Answer answer : List.of(asked, read)) {
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    /**
     * The page loads what it is made of from here, and nothing stands in it that the policy
     * forbids.
     */
    @Test
    void pageOfTheInterfaceWorksUnderItsPolicy() {
        Answer page = cast.anonymous().get("/swagger-ui/index.html").expect(200);

        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'self'")
                .doesNotContain("unsafe-eval");
        Pattern inline = Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>|\\son[a-z]+=");
        assertThat(inline.matcher(page.body()).find()).isFalse();
        assertThat(page.body()).doesNotContain("http://", "https://");
        for (String part :
                List.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js")) {
            assertThat(page.body()).contains(part);
            cast.anonymous().get("/swagger-ui/" + part).expect(200);
        }
        assertThat(cast.anonymous().get("/swagger-ui/swagger-initializer.js").body())
                .contains("/v3/api-docs/swagger-config");
        cast.anonymous().get("/v3/api-docs/swagger-config").expect(200);
        assertThat(
                        cast.anonymous()
                                .get("/v3/api-docs")
                                .json()
                                .path("components")
                                .path("securitySchemes")
                                .toString())
                .contains("\"scheme\":\"bearer\"");
    }

    /**
     * Most of the time of a login goes into the comparison of the password, also where there is no
     * user: the medians of both differ by far less than one comparison takes.
     */
    @Test
    void missingUserTakesAsLongAsAWrongPassword() {
        String user = "timed-" + port;
        cast.user(user);
        List<Long> wrong = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            // Other names each time, so that no back-off for a name adds to it.
            cast.user(user + i);
            wrong.add(nanosOf(user + i));
            missing.add(nanosOf("nobody-" + port + "-" + i));
        }
        double one = median(wrong);
        double other = median(missing);
        System.out.printf("wrong password %.1f ms, no such user %.1f ms%n", one / 1e6, other / 1e6);

        assertThat(Math.min(one, other) / Math.max(one, other)).isGreaterThan(0.5);
    }

    private long nanosOf(String name) {
        long begin = System.nanoTime();
        Answer answer =
                cast.anonymous()
                        .post(
                                "/api/v1/auth/tokens",
                                "{\"username\": \"%s\", \"password\": \"not this one\"}"
                                        .formatted(name));
        long nanos = System.nanoTime() - begin;
        answer.expectProblem(401, "login-failed");
        return nanos;
    }

    private static double median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
