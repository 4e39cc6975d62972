package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Not even an administrator reaches the reserved dataset, however it is spelled. */
@ServiceTest
class ReservedDatasetIT {

    private static final List<String> SECRETS =
            List.of("argon2", "type:user", "type:session", "type:key", "credentials", "user/admin");

    private static final List<String> SPELLINGS =
            List.of(
                    "system",
                    "%73ystem",
                    "s%79stem",
                    "syste%6D",
                    "System",
                    "SYSTEM",
                    "system%20",
                    "%20system",
                    "system%09",
                    "system%00",
                    "system%0A",
                    "system;x",
                    "system;x=1",
                    "system%3Bx",
                    "%2573ystem",
                    "%252e%252e%252fsystem",
                    "system%2F",
                    "%2Fsystem",
                    "system%5C",
                    "..%2Fsystem",
                    "default%2F..%2Fsystem",
                    "default/../system",
                    "./system",
                    "%2e/system",
                    "default/..;/system",
                    "default;/../system",
                    "/system",
                    "system.",
                    "system.json",
                    "system*",
                    "system,default",
                    "%EF%BD%93ystem",
                    "syst%D0%B5m",
                    "system%E2%80%8B");

    @LocalServerPort int port;

    private final Api admin;

    ReservedDatasetIT(Api admin) {
        this.admin = admin;
    }

    static List<String> spellings() {
        return SPELLINGS;
    }

    private static List<String> requestsTo(String name) {
        String dataset = "/api/v1/datasets/" + name;
        String entities = dataset + "/entities";
        String user = entities + "/user%2Fadmin";
        return List.of(
                "GET " + dataset,
                "DELETE " + dataset,
                "GET " + dataset + "/retention",
                "PUT " + dataset + "/retention",
                "DELETE " + dataset + "/retention",
                "GET " + dataset + "/tags",
                "GET " + dataset + "/tags/type",
                "GET " + entities,
                "GET " + entities + "?asOf=tx:3",
                "GET " + entities + ":export?history=true",
                "POST " + entities,
                "POST " + entities + ":query",
                "POST " + entities + ":import",
                "GET " + user,
                "HEAD " + user,
                "PUT " + user,
                "PATCH " + user,
                "DELETE " + user,
                "POST " + user + ":restore",
                "POST " + user + ":revert",
                "POST " + user + ":erase",
                "GET " + user + "/versions",
                "GET " + user + "/versions/1",
                "GET " + user + "/diff?from=v:1&to=v:1",
                "GET " + user + "/blame",
                "GET " + user + "/content",
                "PUT " + user + "/content");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void noSpellingLeadsThere(String name) throws IOException {
        for (String request : requestsTo(name)) {
            String answer = exchange(request);

            assertThat(answer).as(request).startsWith("HTTP/1.1 4").doesNotContain(SECRETS);
            if (name.equals("system")) {
                assertThat(answer).as(request).startsWith("HTTP/1.1 403");
            }
        }
    }

    /** As it is: no client may put a path in order. */
    private String exchange(String request) throws IOException {
        boolean hasBody = !request.startsWith("GET") && !request.startsWith("DELETE");
        String type =
                request.contains(":import")
                        ? "application/x-ndjson"
                        : request.contains("/content") ? "text/plain" : "application/json";
        String body =
                request.contains(":erase")
                        ? "{\"confirm\": \"user/admin\"}"
                        : request.contains(":revert")
                                ? "{\"to\": \"v:1\"}"
                                : request.contains("/retention")
                                        ? "{\"maxVersions\": 1}"
                                        : request.startsWith("PATCH") ? "{\"tags\": {}}" : "{}";
        String head =
                request
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + Api.authorization(port)
                        + (hasBody
                                ? "Content-Type: "
                                        + type
                                        + "\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body
                                : "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system",
                "SYSTEM",
                " system",
                "system ",
                "system\\u0000",
                "./system",
                "sys\\ttem"
            })
    void noTransactionLeadsThere(String name) {
        for (String op : List.of("create", "put", "patch", "delete", "restore", "expect")) {
            String condition = op.equals("expect") ? ", \"ifMatch\": 1" : "";
            String body =
                    "{\"operations\": [{\"op\": \"%s\", \"dataset\": \"%s\", \"id\": \"user/admin\"%s}]}"
                            .formatted(op, name, condition);
            for (String query : List.of("", "?dryRun=true")) {
                Answer answer = admin.post("/api/v1/transactions" + query, body);

                assertThat(answer.status()).as(op + " " + answer.body()).isIn(403, 422);
                assertThat(answer.body()).doesNotContain(SECRETS.subList(0, 5));
            }
        }
        admin.post("/api/v1/datasets", "{\"name\": \"%s\"}".formatted(name));
        assertThat(admin.get("/api/v1/datasets?limit=1000").body()).doesNotContain("system");
    }

    @Test
    void feedsAndListsDoNotTellOfIt() {
        admin.post("/api/v1/users", "{\"name\": \"told-by-nobody\"}").expect(201);
        long transaction =
                admin.put("/api/v1/roles/told-by-nobody", "{\"tags\": []}").expect(200).status();
        assertThat(transaction).isEqualTo(200);

        String since = "0";
        boolean isComplete = false;
        while (!isComplete) {
            JsonNode page =
                    admin.get("/api/v1/changes?limit=1000&since=" + since).expect(200).json();
            page.path("items")
                    .forEach(
                            item ->
                                    assertThat(item.path("dataset").asString())
                                            .isNotEqualTo("system"));
            assertThat(page.toString()).doesNotContain("told-by-nobody");
            since = page.path("next").stringValue();
            isComplete = page.path("isComplete").booleanValue();
        }
        admin.get("/api/v1/changes?dataset=system").expectProblem(403, "access-denied");
        admin.get("/api/v1/changes?dataset=SYSTEM").expectProblem(422, "invalid-query");
        assertThat(admin.get("/api/v1/datasets?limit=1000").body()).doesNotContain("\"system\"");
    }

    /** What a transaction did to users is told by nobody but the users. */
    @Test
    void transactionsOfUsersAreEmpty() {
        long before = admin.get("/api/v1/store").json().path("newest").path("transaction").asLong();
        admin.post("/api/v1/users", "{\"name\": \"unseen\", \"tags\": [\"a:unseen\"]}").expect(201);

        Answer answer = admin.get("/api/v1/transactions/" + (before + 1)).expect(200);

        assertThat(answer.json().path("changes").size()).isZero();
        assertThat(answer.body()).doesNotContain("unseen").doesNotContain(SECRETS);
    }

    @Test
    void permissionsOfTheReservedDatasetGiveNothing() {
        admin.post(
                        "/api/v1/users",
                        """
                        {"name": "sys-op", "password": "correct horse battery",
                         "tags": ["dataset:system:*"]}""")
                .expect(201);
        try (Api user = Api.loggedIn(port, "sys-op", "correct horse battery")) {
            user.get(Api.entities("system")).expectProblem(403, "access-denied");
            user.get("/api/v1/changes?dataset=system").expectProblem(403, "access-denied");
            user.get("/api/v1/datasets/system").expectProblem(403, "access-denied");
            assertThat(user.get("/api/v1/datasets").expect(200).json().path("items").size())
                    .isZero();
            assertThat(user.get("/api/v1/changes").expect(200).json().path("items").size())
                    .isZero();
            user.send(
                            "POST",
                            Api.entities("system") + ":import",
                            BodyPublishers.ofString("{\"id\": \"user/admin\"}\n"),
                            "Content-Type",
                            "application/x-ndjson")
                    .expectProblem(403, "access-denied");
        }
    }
}
