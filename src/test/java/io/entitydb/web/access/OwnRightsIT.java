package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Nobody gets more than they have, whatever they may do to others. */
@ServiceTest
class OwnRightsIT {

    private static final String USERS = "/api/v1/users";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String manager = "manager-" + run;
    private final Api admin;

    @LocalServerPort int port;

    private Cast cast;
    private Api boss;

    OwnRightsIT(Api admin) {
        this.admin = admin;
    }

    @BeforeEach
    void prepare() {
        cast = new Cast(admin, port);
        boss =
                cast.as(
                        manager,
                        "rbac:perm:user:manage",
                        "rbac:perm:user:view",
                        "dataset:shop:entity:view");
    }

    @AfterEach
    void close() {
        cast.close();
    }

    private String user(String name) {
        return USERS + "/" + name + "-" + run;
    }

    private static String tags(String... tags) {
        return "{\"tags\": [\"" + String.join("\", \"", tags) + "\"]}";
    }

    private static void refused(Answer answer) {
        answer.expectProblem(403, "access-denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rbac:role:admin",
                "rbac:role:viewer",
                "rbac:perm:*",
                "rbac:perm:*:*",
                "rbac:perm:*:view",
                "rbac:perm:entity:view",
                "rbac:perm:store:view",
                "rbac:perm:user:*",
                "dataset:shop:*",
                "dataset:shop:entity:*",
                "dataset:shop:*:view",
                "dataset:shop2:entity:view",
                "dataset:shop:entity:update"
            })
    void nobodyGivesAwayWhatTheyDoNotHave(String tag) {
        // "view" of whatever there is in a dataset is "entity:view" and no more today; it may grow.
        String body =
                "{\"name\": \"made-%s\", \"password\": \"%s\", \"tags\": [\"%s\"]}"
                        .formatted(run, Cast.PASSWORD, tag);

        refused(boss.post(USERS, body));
        refused(boss.patch(USERS + "/" + manager, tags("rbac:perm:user:manage", tag)));
        if (!tag.contains(":role:")) {
            refused(boss.put("/api/v1/roles/made-" + run, tags(tag)));
        }
        refused(boss.post(USERS + "/" + manager + "/keys", key(tag)));
        admin.get(user("made")).expectProblem(404, "account-not-found");
    }

    private static String key(String tag) {
        return "{\"label\": \"more\", \"expiresInDays\": 1, \"tags\": [\"" + tag + "\"]}";
    }

    @Test
    void whoMayDoMoreIsOutOfReach() {
        cast.user("strong-" + run, "rbac:role:editor");

        for (String name : List.of("admin", "strong-" + run)) {
            String path = USERS + "/" + name;
            refused(boss.patch(path, "{\"state\": \"disabled\"}"));
            refused(boss.patch(path, "{\"tags\": []}"));
            refused(boss.patch(path, "{\"displayName\": \"x\"}"));
            refused(boss.delete(path));
            refused(boss.put(path + "/password", "{\"password\": \"correct horse battery\"}"));
            refused(boss.post(path + "/keys", "{\"label\": \"x\", \"expiresInDays\": 1}"));
            refused(boss.post(path + "/keys", key("dataset:shop:entity:view")));
            refused(boss.delete(path + "/keys/" + "0".repeat(32)));
        }
        refused(boss.delete("/api/v1/roles/admin"));
        refused(boss.put("/api/v1/roles/viewer", "{\"tags\": []}"));
        admin.put("/api/v1/roles/strong-" + run, tags("rbac:perm:store:view")).expect(200);
        refused(boss.put("/api/v1/roles/strong-" + run, "{\"tags\": []}"));
        refused(boss.delete("/api/v1/roles/strong-" + run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "anonymous", "oidc:ada", "Admin", "", "..", "a/b"})
    void somebodyElsesNameIsNotGiven(String name) {
        Answer answer = admin.post(USERS, "{\"name\": \"" + name + "\"}");

        assertThat(answer.status()).isIn(409, 422);
    }

    @Test
    void systemUserComesInByNoDoor() {
        refused(admin.post(USERS + "/system/keys", "{\"label\": \"x\", \"expiresInDays\": 1}"));
        refused(admin.put(USERS + "/system/password", "{\"password\": \"correct horse battery\"}"));
        refused(admin.patch(USERS + "/system", tags("rbac:role:admin")));
        refused(admin.delete(USERS + "/system"));
        cast.anonymous()
                .post("/api/v1/auth/tokens", "{\"username\": \"system\", \"password\": \"\"}")
                .expectProblem(401, "login-failed");
    }

    @Test
    void nobodyTakesAwayTheirOwnRights() {
        refused(admin.patch(USERS + "/admin", "{\"tags\": []}"));
        refused(admin.patch(USERS + "/admin", tags("rbac:role:editor")));
        refused(admin.patch(USERS + "/admin", "{\"state\": \"disabled\"}"));
        refused(admin.delete(USERS + "/admin"));
        boss.patch(USERS + "/" + manager, "{\"displayName\": \"Boss\"}").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/users, uuid",
        "POST, /api/v1/users, passwordHash",
        "POST, /api/v1/users, isEnabled",
        "POST, /api/v1/users, credentials",
        "POST, /api/v1/users, state",
        "POST, /api/v1/users, version",
        "PATCH, /api/v1/users/admin, password",
        "PATCH, /api/v1/users/admin, passwordHash",
        "PATCH, /api/v1/users/admin, name",
        "PATCH, /api/v1/users/admin, uuid",
        "PATCH, /api/v1/users/admin, isEnabled",
        "PATCH, /api/v1/users/admin, credentials",
        "PATCH, /api/v1/users/admin, version",
        "PUT, /api/v1/users/admin/password, username",
        "PUT, /api/v1/roles/some, isPredefined",
        "POST, /api/v1/users/admin/keys, id",
        "POST, /api/v1/users/admin/keys, user",
        "POST, /api/v1/users/admin/keys, hash",
        "POST, /api/v1/users/admin/keys, expiresAt",
        "POST, /api/v1/auth/tokens, session",
        "POST, /api/v1/auth/tokens:refresh, user"
    })
    void fieldsThatAreNotOffersAreRefused(String method, String path, String field) {
        for (String value : List.of("1", "\"x\"", "{}", "true", "null")) {
            String body =
                    """
                    {"name": "x", "username": "x", "password": "correct horse battery",
                     "label": "x", "expiresInDays": 1, "tags": [], "refreshToken": "x",
                     "%s": %s}"""
                            .formatted(field, value);
            List<String> known =
                    switch (method + " " + path.replaceAll(".*/", "")) {
                        case "POST users" -> List.of("name", "password", "tags");
                        case "PATCH admin" -> List.of("tags");
                        case "PUT password" -> List.of("password");
                        case "PUT some" -> List.of("tags");
                        case "POST keys" -> List.of("label", "expiresInDays", "tags");
                        case "POST tokens" -> List.of("username", "password");
                        default -> List.of("refreshToken");
                    };
            Answer answer =
                    admin.send(
                            method,
                            path,
                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                    only(body, known, field)),
                            "Content-Type",
                            "application/json");

            answer.expectProblem(422, "unknown-field");
            assertThat(answer.faults()).containsExactly("/" + field);
        }
        assertThat(admin.get(USERS + "/x").status()).isEqualTo(404);
    }

    private static String only(String body, List<String> known, String field) {
        tools.jackson.databind.node.ObjectNode all =
                (tools.jackson.databind.node.ObjectNode)
                        tools.jackson.databind.json.JsonMapper.shared().readTree(body);
        List.copyOf(all.propertyNames()).stream()
                .filter(name -> !known.contains(name) && !name.equals(field))
                .forEach(all::remove);
        return all.toString();
    }

    @Test
    void tagsOfEntitiesAreNoPermissions() {
        admin.post("/api/v1/datasets", "{\"name\": \"shop\"}");
        Api clerk = cast.as("clerk-" + run, "dataset:shop:entity:*");
        String[] smuggled = {"rbac:role:admin", "rbac:perm:*", "type:user", "type:role"};
        for (String id : List.of("user/clerk-" + run, "role/clerk-" + run, "clerk-" + run)) {
            clerk.put(Api.entity("shop", id), tags(smuggled)).expect(201);
        }

        assertThat(clerk.get("/api/v1/auth/me").expect(200).texts("permissions"))
                .containsExactly("dataset:shop:entity:*");
        refused(clerk.get(USERS));
        assertThat(admin.get(USERS + "?limit=1000").body()).doesNotContain("role/");
        assertThat(admin.get("/api/v1/roles?limit=1000").body()).doesNotContain("clerk-" + run);
    }

    /** Tags of users are free: none of them may disturb what the service finds by tags. */
    @Test
    void tagsOfUsersAreNoKeysOfOthers() {
        cast.user("odd-" + run, "key-of:" + manager, "action:login", "result:done");
        admin.put("/api/v1/roles/odd-" + run, tags("key-of:" + manager)).expect(200);
        boss.post(USERS + "/" + manager + "/keys", "{\"label\": \"own\", \"expiresInDays\": 1}")
                .expect(201);

        Answer keys = boss.get(USERS + "/" + manager + "/keys").expect(200);

        assertThat(keys.json().path("items").size()).isEqualTo(1);
        admin.post(USERS, "{\"name\": \"k-%s\", \"tags\": [\"type:key\"]}".formatted(run))
                .expectProblem(422, "invalid-entity");
    }

    @Test
    void keysShrinkWithTheirOwner() {
        Api owner = cast.as("owner-" + run, "rbac:role:editor", "rbac:perm:store:view");
        String path = user("owner") + "/keys";
        String all = make(owner, path, "{\"label\": \"all\", \"expiresInDays\": 1}");
        String some = make(owner, path, key("rbac:perm:store:view"));
        String bounded = make(owner, path, key("rbac:role:viewer"));

        cast.with(some).get("/api/v1/store").expect(200);
        refused(cast.with(bounded).get("/api/v1/store"));
        refused(cast.with(all).post(path, "{\"label\": \"x\", \"expiresInDays\": 1}"));
        refused(cast.with(bounded).get(path));
        refused(cast.with(bounded).delete(path + "/" + "0".repeat(32)));
        refused(cast.with(all).delete("/api/v1/auth/tokens/current"));

        admin.patch(user("owner"), tags("dataset:shop:entity:view")).expect(200);
        refused(cast.with(some).get("/api/v1/store"));
        refused(cast.with(all).get("/api/v1/store"));
        assertThat(cast.with(bounded).get("/api/v1/auth/me").texts("permissions"))
                .containsExactly("dataset:shop:entity:view");

        admin.patch(user("owner"), "{\"state\": \"disabled\"}").expect(200);
        cast.with(all).get("/api/v1/auth/me").expectProblem(401, "unauthenticated");
        admin.patch(user("owner"), "{\"state\": \"active\"}").expect(200);
        admin.delete(user("owner")).expect(204);
        cast.with(all).get("/api/v1/auth/me").expectProblem(401, "unauthenticated");
    }

    private static String make(Api api, String path, String body) {
        return api.post(path, body).expect(201).json().path("key").stringValue();
    }

    /** Two who take away each other's rights: one of them is left. */
    @RepeatedTest(5)
    void twoAdministratorsDoNotRemoveEachOther() throws Exception {
        String one = "one-" + UUID.randomUUID();
        String two = "two-" + UUID.randomUUID();
        Api first = cast.as(one, "rbac:role:admin");
        Api second = cast.as(two, "rbac:role:admin");

        List<Answer> answers =
                together(
                        () -> first.patch(USERS + "/" + two, "{\"state\": \"disabled\"}"),
                        () -> second.patch(USERS + "/" + one, "{\"state\": \"disabled\"}"));

        assertThat(answers).extracting(Answer::status).contains(200);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(Stream.of(one, two).map(name -> admin.get(USERS + "/" + name).body()))
                .filteredOn(body -> body.contains("disabled"))
                .hasSize(1);
    }

    private static List<Answer> together(Callable<Answer> one, Callable<Answer> other)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Answer>> both =
                    Stream.of(one, other)
                            .map(
                                    request ->
                                            threads.submit(
                                                    () -> {
                                                        start.await();
                                                        return request.call();
                                                    }))
                            .toList();
            return List.of(both.getFirst().get(), both.getLast().get());
        }
    }

    /** The head of the request is there while they may, its end when they may not any more. */
    @Test
    void slowRequestDoesNotOutliveItsRights() throws IOException {
        String body =
                "{\"name\": \"late-%s\", \"tags\": [\"dataset:shop:entity:view\"]}".formatted(run);
        String token = cast.tokenOf(manager);
        String head =
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\nExpect: 100-continue\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // The service asks for the body when it has let the request in.
            assertThat(
                            new String(
                                    socket.getInputStream().readNBytes(12),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
            admin.patch(USERS + "/" + manager, tags("dataset:shop:entity:view")).expect(200);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("HTTP/1.1 403").contains("access-denied");
        }
        admin.get(user("late")).expectProblem(404, "account-not-found");
    }

    @Test
    void slowWriteDoesNotOutliveItsSession() throws IOException {
        admin.post("/api/v1/datasets", "{\"name\": \"shop\"}");
        Api writer = cast.as("slow-" + run, "dataset:shop:*");
        String token = cast.tokenOf("slow-" + run);
        String head =
                "PUT /api/v1/datasets/shop/entities/slow-"
                        + run
                        + "/content HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer "
                        + token
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 4"
                        + "\r\nExpect: 100-continue\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            new String(
                                    socket.getInputStream().readNBytes(12),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
            try (Api session = Api.withToken(port, token)) {
                session.delete("/api/v1/auth/tokens/current").expect(204);
            }
            socket.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("HTTP/1.1 403").contains("access-denied");
        }
        writer.get(Api.entity("shop", "slow-" + run)).expectProblem(404, "entity-not-found");
    }
}
