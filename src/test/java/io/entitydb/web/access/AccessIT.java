package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;

/** The life of a user, from the first login to the last refusal. */
@ServiceTest
class AccessIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String USERS = "/api/v1/users";
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    private final Api admin;
    private final int port;
    private final String name = "user-" + UUID.randomUUID();
    private Api anonymous;

    AccessIT(Api admin, @LocalServerPort int port) {
        this.admin = admin;
        this.port = port;
        this.anonymous = new Api(port);
    }

    @BeforeEach
    void connect() {
        anonymous = new Api(port);
    }

    @AfterEach
    void disconnect() {
        anonymous.close();
    }

    private void make(String tags) {
        String body =
                "{\"name\": \"%s\", \"password\": \"%s\", \"tags\": [%s]}"
                        .formatted(name, PASSWORD, tags);
        admin.post(USERS, body).expect(201);
    }

    private Answer login(String password) {
        return anonymous.post(
                TOKENS, "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
    }

    private Answer as(String token, String path) {
        return anonymous.get(path, "Authorization", "Bearer " + token);
    }

    @Test
    void aUserIsMadeLogsInAndIsWhoItIs() {
        make("\"dataset:default:entity:view\"");

        JsonNode tokens = login(PASSWORD).expect(200).json();
        String token = tokens.path("accessToken").stringValue();
        Answer me = as(token, ME).expect(200);

        assertThat(me.json().path("name").stringValue()).isEqualTo(name);
        assertThat(me.json().path("method").stringValue()).isEqualTo("token");
        assertThat(me.texts("permissions")).containsExactly("dataset:default:entity:view");
        as(token, Api.entities("default")).expect(200);
        as(token, USERS).expectProblem(403, "access-denied");
        assertThat(admin.get(USERS + "/" + name).expect(200).body())
                .doesNotContain(PASSWORD, "argon2", "Hash\":");
    }

    @Test
    void withoutTokenNobodyGetsIn() {
        Answer refused = anonymous.get("/api/v1/datasets").expectProblem(401, "unauthenticated");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(as("nonsense", ME).expectProblem(401, "unauthenticated"))
                .extracting(answer -> answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\"");
        anonymous.get("/nowhere").expectProblem(401, "unauthenticated");
        anonymous.get("/livez").expect(200);
        anonymous.get("/actuator/health").expect(200);
        anonymous.get("/actuator/prometheus").expectProblem(401, "unauthenticated");
    }

    @Test
    void aWrongPasswordAndAMissingUserAreAnsweredAlike() {
        make("");

        JsonNode wrong = login("a wrong password").expectProblem(401, "login-failed").json();
        JsonNode missing =
                anonymous
                        .post(
                                TOKENS,
                                "{\"username\": \"nobody\", \"password\": \"a wrong password\"}")
                        .expectProblem(401, "login-failed")
                        .json();

        assertThat(wrong.path("detail")).isEqualTo(missing.path("detail"));
        assertThat(login("").status()).isEqualTo(401);
    }

    @Test
    void aRefreshTokenIsGoodOnceAndItsSecondUseEndsTheSession() {
        make("");
        JsonNode first = login(PASSWORD).expect(200).json();
        String refresh = "{\"refreshToken\": " + first.path("refreshToken") + "}";

        JsonNode second = anonymous.post(TOKENS + ":refresh", refresh).expect(200).json();
        as(second.path("accessToken").stringValue(), ME).expect(200);
        anonymous.post(TOKENS + ":refresh", refresh).expectProblem(401, "login-failed");

        as(first.path("accessToken").stringValue(), ME).expectProblem(401, "unauthenticated");
        as(second.path("accessToken").stringValue(), ME).expectProblem(401, "unauthenticated");
        String next = "{\"refreshToken\": " + second.path("refreshToken") + "}";
        anonymous.post(TOKENS + ":refresh", next).expectProblem(401, "login-failed");
    }

    @Test
    void whatIsTakenAwayIsGoneWithTheNextRequest() {
        make("\"rbac:role:viewer\"");
        String token = login(PASSWORD).json().path("accessToken").stringValue();
        String other = login(PASSWORD).json().path("accessToken").stringValue();

        anonymous.delete(TOKENS + "/current", "Authorization", "Bearer " + other).expect(204);
        as(other, ME).expectProblem(401, "unauthenticated");
        as(token, Api.entities("default")).expect(200);

        admin.patch(USERS + "/" + name, "{\"tags\": []}").expect(200);
        as(token, Api.entities("default")).expectProblem(403, "access-denied");

        admin.patch(USERS + "/" + name, "{\"state\": \"disabled\"}").expect(200);
        as(token, ME).expectProblem(401, "unauthenticated");
        login(PASSWORD).expectProblem(401, "login-failed");
        admin.patch(USERS + "/" + name, "{\"state\": \"active\"}").expect(200);
        as(token, ME).expect(200);

        String change =
                "{\"current\": \"%s\", \"password\": \"another password\"}".formatted(PASSWORD);
        anonymous
                .put(USERS + "/" + name + "/password", change, "Authorization", "Bearer " + token)
                .expect(204);
        as(token, ME).expectProblem(401, "unauthenticated");
        login(PASSWORD).expectProblem(401, "login-failed");
        String fresh = login("another password").json().path("accessToken").stringValue();

        admin.delete(USERS + "/" + name).expect(204);
        as(fresh, ME).expectProblem(401, "unauthenticated");
        admin.post(USERS, "{\"name\": \"%s\"}".formatted(name)).expectProblem(409, "user-exists");
    }

    @Test
    void whatCannotBeANameIsNobodys() {
        for (String odd : List.of("a%0Ab", "A", "%2E%2E", "a%2Fb")) {
            String path = USERS + "/" + odd;
            admin.get(path).expectProblem(404, "account-not-found");
            admin.delete(path).expectProblem(404, "account-not-found");
            admin.patch(path, "{}").expectProblem(404, "account-not-found");
            admin.get(path + "/keys").expectProblem(404, "account-not-found");
            admin.put(path + "/password", "{\"password\": \"a password of nobody\"}")
                    .expectProblem(404, "account-not-found");
        }
    }

    @Test
    void aKeyIsBoundedAndEndsWithItsRemoval() {
        make("\"rbac:role:editor\"");
        String keys = USERS + "/" + name + "/keys";
        String body =
                "{\"label\": \"x\", \"expiresInDays\": 1, \"tags\": [\"rbac:perm:entity:view\"]}";

        JsonNode made = admin.post(keys, body).expect(201).json();
        String key = made.path("key").stringValue();

        as(key, Api.entities("default")).expect(200);
        anonymous
                .put(Api.entity("default", "by-key"), "{}", "Authorization", "Bearer " + key)
                .expectProblem(403, "access-denied");
        assertThat(admin.get(keys).expect(200).body())
                .contains(made.path("id").stringValue())
                .doesNotContain(key);
        admin.delete(keys + "/" + made.path("id").stringValue()).expect(204);
        as(key, Api.entities("default")).expectProblem(401, "unauthenticated");
    }
}
