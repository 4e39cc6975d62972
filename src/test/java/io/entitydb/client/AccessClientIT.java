package io.entitydb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Users, tokens, keys and roles, done with the client that is published. */
@ServiceTest
class AccessClientIT {

    private static final String PASSWORD = "correct horse battery";

    private final String server;
    private final AccessClient admin;

    /** The other client waits until the service is ready. */
    AccessClientIT(Api ready, @LocalServerPort int port) {
        ready.get("/readyz").expect(200);
        server = "http://127.0.0.1:" + port;
        admin = EntityDbClients.create(server, Api.tokenOfAdmin(port)).access();
    }

    private static <T> T body(ResponseEntity<T> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private AccessClient showing(String token) {
        return EntityDbClients.create(server, token).access();
    }

    private static String codeOf(Runnable request) {
        return assertThatExceptionOfType(EntityDbException.class)
                .isThrownBy(request::run)
                .actual()
                .code();
    }

    @Test
    void userComesInAndGoesOut() {
        User made =
                body(admin.createUser(UserRequest.of("client-ada", PASSWORD, "rbac:role:viewer")));
        assertThat(made.hasPassword()).isTrue();
        assertThat(admin.users(PageOptions.NONE).items()).extracting(User::name).contains("admin");
        AccessClient anonymous = EntityDbClients.create(server).access();

        Tokens tokens = anonymous.login("client-ada", PASSWORD);
        AccessClient ada = showing(tokens.accessToken());

        assertThat(ada.me().name()).isEqualTo("client-ada");
        assertThat(ada.me().permissions()).containsExactly("rbac:perm:entity:view");
        assertThat(codeOf(() -> ada.users(PageOptions.NONE))).isEqualTo("access-denied");
        Tokens next = anonymous.refresh(tokens.refreshToken());
        showing(next.accessToken()).logout();
        assertThat(codeOf(() -> showing(next.accessToken()).me())).isEqualTo("unauthenticated");

        admin.changePassword("client-ada", Map.of("password", "another battery staple"));
        assertThat(codeOf(() -> anonymous.login("client-ada", PASSWORD))).isEqualTo("login-failed");
        User changed =
                body(
                        admin.changeUser(
                                "client-ada",
                                Map.of("state", "disabled", "tags", List.of()),
                                WriteOptions.NONE));
        assertThat(changed.state()).isEqualTo("disabled");
        assertThat(body(admin.user("client-ada")).tags()).isEmpty();
        admin.deleteUser("client-ada", WriteOptions.NONE);
        assertThat(codeOf(() -> admin.user("client-ada"))).isEqualTo("account-not-found");
    }

    @Test
    void keyIsBoundedByARole() {
        admin.putRole(
                "client-reader",
                Map.of("tags", List.of("rbac:perm:entity:view")),
                WriteOptions.NONE);
        assertThat(admin.role("client-reader").isPredefined()).isFalse();
        assertThat(admin.roles(PageOptions.NONE).items())
                .extracting(Role::name)
                .contains("admin", "client-reader");

        ApiKey key =
                body(admin.createKey("admin", "import", 1, List.of("rbac:role:client-reader")));
        AccessClient reader = showing(Objects.requireNonNull(key.key()));

        assertThat(reader.me().method()).isEqualTo("key");
        assertThat(reader.me().permissions()).containsExactly("rbac:perm:entity:view");
        assertThat(admin.keys("admin", PageOptions.NONE).items())
                .extracting(ApiKey::id)
                .contains(key.id());
        admin.deleteKey("admin", key.id());
        assertThat(codeOf(reader::me)).isEqualTo("unauthenticated");
        admin.deleteRole("client-reader", WriteOptions.NONE);
        assertThat(codeOf(() -> admin.role("client-reader"))).isEqualTo("account-not-found");
    }
}
