package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Who did what, when, from where and with what result, and nothing that is secret. */
@ServiceTest
@Timeout(180)
class AuditIT {

    private static final String AUDIT = "/api/v1/audit";
    private static final String PASSWORD = "a password that nobody sees";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @LocalServerPort int port;

    private final Api admin;

    AuditIT(Api admin) {
        this.admin = admin;
    }

    private String newUser(String... tags) {
        String name = "audited" + NAMES.incrementAndGet();
        String all = tags.length == 0 ? "" : "\"" + String.join("\", \"", tags) + "\"";
        admin.post(
                        "/api/v1/users",
                        "{\"name\": \"%s\", \"password\": \"%s\", \"tags\": [%s]}"
                                .formatted(name, PASSWORD, all))
                .expect(201);
        return name;
    }

    private List<JsonNode> events(String query) {
        Answer answer = admin.get(AUDIT + "?limit=1000" + query).expect(200);
        assertThat(answer.json().toString()).doesNotContain(PASSWORD, "edbk_", "edbr_", "argon2");
        return StreamSupport.stream(answer.json().path("items").spliterator(), false).toList();
    }

    private static Predicate<JsonNode> is(String member, String value) {
        return event -> event.path(member).asString("").equals(value);
    }

    private void awaitEvent(String query, Predicate<JsonNode> wanted) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events(query)).anyMatch(wanted));
    }

    private Api loggedIn(String user) {
        return Api.loggedIn(port, user, PASSWORD);
    }

    @Test
    void changesToUsersRolesAndKeysSayWhoMadeThem() {
        String user = newUser();
        admin.patch("/api/v1/users/" + user, "{\"tags\": [\"rbac:role:viewer\"]}").expect(200);
        Answer key =
                admin.post(
                                "/api/v1/users/" + user + "/keys",
                                "{\"label\": \"a\", \"expiresInDays\": 1}")
                        .expect(201);
        String id = key.json().path("id").asString();
        admin.delete("/api/v1/users/" + user + "/keys/" + id).expect(204);
        admin.put("/api/v1/users/" + user + "/password", "{\"password\": \"another password\"}")
                .expect(204);
        admin.delete("/api/v1/users/" + user).expect(204);
        admin.put("/api/v1/roles/role" + user, "{\"tags\": []}").expect(200);

        List<JsonNode> events = events("&principal=admin&result=done");

        for (String action :
                List.of(
                        "user-create",
                        "user-change",
                        "key-create",
                        "key-delete",
                        "password-change",
                        "user-delete")) {
            assertThat(events)
                    .filteredOn(is("action", action).and(is("target", user)))
                    .singleElement()
                    .satisfies(
                            event -> {
                                assertThat(event.path("address").asString()).isEqualTo("127.0.0.1");
                                assertThat(event.path("traceId").asString()).hasSize(32);
                                assertThat(event.path("transaction").asLong()).isPositive();
                                assertThat(Instant.parse(event.path("at").asString()))
                                        .isBefore(Instant.now().plusSeconds(5));
                            });
        }
        assertThat(events).anyMatch(is("action", "role-change").and(is("target", "role" + user)));
    }

    @Test
    void loginsAreKeptWithTheirResultAndNamesOfNobodyAreNot() {
        String user = newUser();
        try (Api anonymous = new Api(port);
                Api own = loggedIn(user)) {
            anonymous
                    .post(
                            "/api/v1/auth/tokens",
                            "{\"username\": \"%s\", \"password\": \"wrong\"}".formatted(user))
                    .expect(401);
            // A user may type a password where the name belongs.
            anonymous
                    .post(
                            "/api/v1/auth/tokens",
                            "{\"username\": \"secret-typed-here\", \"password\": \"x\"}")
                    .expect(401);
            own.delete("/api/v1/auth/tokens/current").expect(204);
        }

        awaitEvent("&action=login&result=refused&principal=" + user, event -> true);
        awaitEvent("&action=login&result=refused&principal=anonymous", event -> true);
        assertThat(events("&action=login&result=done&principal=" + user)).hasSize(1);
        assertThat(events("&action=logout&principal=" + user)).hasSize(1);
        assertThat(admin.get(AUDIT + "?limit=1000").json().toString())
                .doesNotContain("secret-typed-here");
    }

    @Test
    void refusalsSayWhatWasTriedButNotWithWhichParameters() {
        String user = newUser("rbac:role:viewer");
        try (Api own = loggedIn(user)) {
            own.get("/api/v1/users?limit=7").expect(403);
            own.delete("/api/v1/datasets/none").expect(403);
            own.get("/actuator/store").expect(403);
        }

        for (String target :
                List.of(
                        "GET /api/v1/users",
                        "DELETE /api/v1/datasets/none",
                        "GET /actuator/store")) {
            awaitEvent("&action=refusal&principal=" + user, is("target", target));
        }
        assertThat(events("&action=refusal&principal=" + user))
                .allMatch(is("result", "refused"))
                .hasSize(3);
    }

    @Test
    void requestsOfNobodyKnownAreNotKept() {
        String user = newUser("rbac:role:viewer");
        try (Api anonymous = new Api(port);
                Api own = loggedIn(user)) {
            anonymous.get("/api/v1/users").expect(401);
            anonymous.get("/api/v1/users", "Authorization", "Bearer none").expect(401);
            own.get("/api/v1/users").expect(403);
        }

        awaitEvent("&action=refusal&principal=" + user, event -> true);
        assertThat(events("&action=refusal&principal=anonymous")).isEmpty();
    }

    @Test
    void erasuresDatasetsRulesAndWorkOnTheStoreAreKept() {
        String dataset = "audited" + NAMES.incrementAndGet();
        admin.post("/api/v1/datasets", "{\"name\": \"%s\"}".formatted(dataset)).expect(201);
        admin.put("/api/v1/datasets/" + dataset + "/retention", "{\"maxVersions\": 3}").expect(200);
        admin.delete("/api/v1/datasets/" + dataset + "/retention").expect(204);
        admin.put(Api.entity(dataset, "person"), "{\"tags\": [\"name:ada\"]}").expect(201);
        admin.post(Api.entity(dataset, "person") + ":erase", "{\"confirm\": \"person\"}")
                .expect(202);
        admin.delete("/api/v1/datasets/" + dataset).expect(204);
        String operation =
                admin.post("/api/v1/store/checkpoints").expect(202).json().path("id").asString();

        assertThat(events("&action=dataset-change"))
                .filteredOn(is("target", dataset))
                .extracting(event -> event.path("detail").asString())
                .containsExactly("deleted", "retention removed", "retention set", "created");
        assertThat(events("&action=erase")).anyMatch(is("target", dataset + "/person"));
        awaitEvent(
                "&action=maintenance",
                is("detail", "checkpoint")
                        .and(is("target", operation))
                        .and(is("principal", "admin")));
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        String user = newUser();
        for (int i = 0; i < 5; i++) {
            String state = i % 2 == 0 ? "disabled" : "active";
            admin.patch("/api/v1/users/" + user, "{\"state\": \"%s\"}".formatted(state))
                    .expect(200);
        }

        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    admin.get(AUDIT + "?action=user-change&limit=2" + cursor).expect(200).json();
            page.path("items").forEach(all::add);
            String next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        assertThat(all)
                .extracting(event -> Instant.parse(event.path("at").asString()))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        List<JsonNode> ours = all.stream().filter(is("target", user)).toList();
        assertThat(ours).hasSize(5);
        String third = ours.get(2).path("at").asString();
        assertThat(events("&action=user-change&from=" + third))
                .filteredOn(is("target", user))
                .hasSize(3);
        assertThat(events("&action=user-change&to=" + third))
                .filteredOn(is("target", user))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action=none",
                "action=LOGIN",
                "result=good",
                "from=yesterday",
                "to=0",
                "from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "limit=0",
                "limit=1001",
                "cursor=none",
                "principal=",
                "user=ada",
                "action=login&action=logout"
            })
    void wrongParametersAreRefused(String query) {
        admin.get(AUDIT + "?" + query).expect(422);
    }

    @Test
    void onlyWhoMayReadsIt() {
        try (Api viewer = loggedIn(newUser("rbac:role:editor"));
                Api auditor = loggedIn(newUser("rbac:perm:audit:view"))) {
            viewer.get(AUDIT).expect(403);
            auditor.get(AUDIT).expect(200);
            auditor.get("/api/v1/users").expect(403);
        }
    }
}
