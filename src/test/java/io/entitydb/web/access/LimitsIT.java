package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whoever asks too often is told to wait; each test comes from an address of its own. */
@Timeout(180)
class LimitsIT {

    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";
    private static final String PROBLEM = "urn:entitydb:problem:too-many-requests";

    @TempDir private static Path directory;

    private static ConfigurableApplicationContext context;
    private static int port;
    private static Api admin;

    @BeforeAll
    static void start() {
        String[] limits = {
            "--entitydb.security.limits.principal-rate=40",
            "--entitydb.security.limits.anonymous-rate=10",
            "--entitydb.security.limits.login-attempts=3",
            "--entitydb.security.limits.failed-logins=10"
        };
        context =
                new SpringApplicationBuilder(EntityDbApplication.class)
                        .run(
                                Stream.concat(
                                                Stream.of(
                                                        TemporaryDirectory.arguments(
                                                                directory.resolve("data"))),
                                                Stream.of(limits))
                                        .toArray(String[]::new));
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (Api probe = new Api(port)) {
            await().until(() -> probe.get("/readyz").status() == 200);
        }
        admin = Api.ofAdmin(port);
    }

    @AfterAll
    static void stop() {
        admin.close();
        context.close();
    }

    /** A client that comes from one address of this machine. */
    private static HttpClient from(String address) throws IOException {
        return HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length > 0 ? request.headers(headers) : request;
    }

    private static HttpResponse<String> login(HttpClient client, String name, String password)
            throws IOException, InterruptedException {
        String body = "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password);
        return send(
                client,
                request(TOKENS, "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static long seconds(HttpResponse<String> answer) {
        return Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
    }

    /** Requests until one is refused, which has to come soon. */
    private static HttpResponse<String> untilRefused(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(client, request);
        for (int i = 0; i < 5000 && answer.statusCode() != 429; i++) {
            answer = send(client, request);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        return answer;
    }

    @Test
    void strangersWaitWhileTheSameAddressIsServedWithATokenAndTheProbesAnswer() throws Exception {
        try (HttpClient client = from("127.0.1.1");
                HttpClient neighbour = from("127.0.1.2")) {
            HttpResponse<String> refused = untilRefused(client, request(ME));

            assertThat(refused.body()).contains(PROBLEM, "without a valid token");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(seconds(refused)).isEqualTo(1);
            assertThat(send(neighbour, request(ME)).statusCode()).isEqualTo(401);
            String token = "Bearer " + Api.tokenOfAdmin(port);
            assertThat(send(client, request(ME, "Authorization", token)).statusCode())
                    .isEqualTo(200);
            for (int i = 0; i < 100; i++) {
                assertThat(send(client, request("/livez")).statusCode()).isEqualTo(200);
                assertThat(send(client, request("/readyz")).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void tokensThatAreNotAcceptedCountAsNone() throws Exception {
        try (HttpClient client = from("127.0.2.1")) {
            HttpResponse<String> refused =
                    untilRefused(client, request(ME, "Authorization", "Bearer guess"));

            assertThat(refused.body()).contains(PROBLEM);
        }
    }

    @Test
    void whatARequestSaysOfItsOriginIsNotBelieved() throws Exception {
        try (HttpClient client = from("127.0.3.1")) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String origin = "10.0.0." + i;
                statuses.add(
                        send(client, request(ME, "X-Forwarded-For", origin, "Forwarded", origin))
                                .statusCode());
            }
            assertThat(statuses).contains(429);
        }
    }

    @Test
    void userOfManyRequestsWaitsAndOthersDoNot() throws Exception {
        admin.post(
                        "/api/v1/users",
                        """
                        {"name": "busy", "password": "a password of busy",
                         "tags": ["rbac:role:viewer"]}
                        """)
                .expect(201);
        String token;
        try (Api anonymous = new Api(port)) {
            token = "Bearer " + anonymous.login("busy", "a password of busy");
        }
        try (HttpClient client = from("127.0.4.1");
                HttpClient other = from("127.0.4.2")) {
            HttpResponse<String> refused =
                    untilRefused(client, request(ME, "Authorization", token));

            assertThat(refused.body()).contains(PROBLEM, "this user");
            HttpResponse<String> elsewhere =
                    untilRefused(other, request(ME, "Authorization", token));
            assertThat(elsewhere.body()).contains("this user");
            admin.get(ME).expect(200);
        }
    }

    @Test
    void guessingWaitsAlikeForUsersAndForNobodyAndKeepsNobodyOutElsewhere() throws Exception {
        try (HttpClient guesser = from("127.0.5.1");
                HttpClient user = from("127.0.5.2")) {
            List<HttpResponse<String>> refused = new ArrayList<>();
            for (String name : List.of("admin", "nobody")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(login(guesser, name, "a wrong password").statusCode())
                            .isEqualTo(401);
                }
                refused.add(login(guesser, name, TemporaryDirectory.PASSWORD));
            }

            assertThat(refused).allMatch(answer -> answer.statusCode() == 429);
            assertThat(refused).allMatch(answer -> seconds(answer) == 1);
            assertThat(withoutTrace(refused.get(0))).isEqualTo(withoutTrace(refused.get(1)));
            assertThat(login(user, "admin", TemporaryDirectory.PASSWORD).statusCode())
                    .isEqualTo(200);
        }
    }

    private static String withoutTrace(HttpResponse<String> answer) {
        return answer.body().replaceFirst("\"traceId\":\"[0-9a-f]+\"", "");
    }

    @Test
    void waitEndsAndTheRightPasswordIsTaken() throws Exception {
        try (HttpClient client = from("127.0.6.1")) {
            for (int i = 0; i < 3; i++) {
                login(client, "admin", "a wrong password");
            }
            assertThat(login(client, "admin", TemporaryDirectory.PASSWORD).statusCode())
                    .isEqualTo(429);

            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    login(client, "admin", TemporaryDirectory.PASSWORD).statusCode()
                                            == 200);
        }
    }

    @Test
    void addressThatTriesManyNamesWaits() throws Exception {
        try (HttpClient client = from("127.0.7.1")) {
            int failed = 0;
            HttpResponse<String> answer = login(client, "name0", "a wrong password");
            while (answer.statusCode() == 401 && failed < 100) {
                failed++;
                answer = login(client, "name" + failed, "a wrong password");
            }

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(failed).isBetween(10, 20);
        }
    }

    @Test
    void passwordIsNotGuessedWithATokenEither() throws Exception {
        admin.post(
                        "/api/v1/users",
                        "{\"name\": \"robbed\", \"password\": \"a password of robbed\"}")
                .expect(201);
        String token;
        try (Api anonymous = new Api(port)) {
            token = "Bearer " + anonymous.login("robbed", "a password of robbed");
        }
        HttpRequest.Builder guess =
                request(
                                "/api/v1/users/robbed/password",
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                token)
                        .PUT(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"current\": \"a guess of it\", \"password\": \"a"
                                                + " password of the thief\"}"));
        try (HttpClient client = from("127.0.8.1")) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(client, guess).statusCode()).isEqualTo(401);
            }
            assertThat(send(client, guess).statusCode()).isEqualTo(429);
        }
    }
}
