package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;
import io.entitydb.web.changes.FeedClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is shut out in the middle of something long does not go on with it. */
@ServiceTest
@Timeout(180)
class RevocationIT {

    private static final AtomicInteger USERS = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String PASSWORD = "a password of viewers";

    @LocalServerPort int port;

    private final Api admin;

    RevocationIT(Api admin) {
        this.admin = admin;
    }

    /** How somebody is shut out. */
    enum Way {
        LOGOUT("unauthenticated") {
            @Override
            void shutOut(Api admin, Api own, String user) {
                own.delete("/api/v1/auth/tokens/current").expect(204);
            }
        },
        DISABLED("unauthenticated") {
            @Override
            void shutOut(Api admin, Api own, String user) {
                admin.patch("/api/v1/users/" + user, "{\"state\": \"disabled\"}").expect(200);
            }
        },
        REMOVED("unauthenticated") {
            @Override
            void shutOut(Api admin, Api own, String user) {
                admin.delete("/api/v1/users/" + user).expect(204);
            }
        },
        OTHER_PASSWORD("unauthenticated") {
            @Override
            void shutOut(Api admin, Api own, String user) {
                admin.put(
                                "/api/v1/users/" + user + "/password",
                                "{\"password\": \"another password\"}")
                        .expect(204);
            }
        },
        NO_RIGHT("access-denied") {
            @Override
            void shutOut(Api admin, Api own, String user) {
                admin.patch("/api/v1/users/" + user, "{\"tags\": []}").expect(200);
            }
        };

        private final String code;

        Way(String code) {
            this.code = code;
        }

        abstract void shutOut(Api admin, Api own, String user);
    }

    private String newUser() {
        String user = "viewer" + USERS.incrementAndGet();
        admin.post(
                        "/api/v1/users",
                        "{\"name\": \"%s\", \"password\": \"%s\", \"tags\": [\"rbac:role:viewer\"]}"
                                .formatted(user, PASSWORD))
                .expect(201);
        return user;
    }

    private String login(String user) {
        try (Api anonymous = new Api(port)) {
            return anonymous.login(user, PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void liveFeedEnds(Way way) throws IOException {
        String user = newUser();
        String token = login(user);
        try (Api own = Api.withToken(port, token);
                FeedClient feed = feed(token)) {
            feed.next("checkpoint");

            way.shutOut(admin, own, user);

            requireEnd(feed, way.code);
        }
    }

    private FeedClient feed(String token) {
        return FeedClient.openAs(port, token, "?since=now");
    }

    private static void requireEnd(FeedClient feed, String code) throws IOException {
        long begin = System.nanoTime();
        FeedClient.Event last = feed.next("problem");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        assertThat(last.data().path("code").asString()).isEqualTo(code);
        assertThat(last.id()).isNull();
        assertThat(feed.next()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void waitForAPageEnds(Way way) {
        String user = newUser();
        try (Api own = Api.withToken(port, login(user))) {
            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(
                            () -> own.get("/api/v1/changes?since=now&wait=60s&tag=no:such"));
            way.shutOut(admin, own, user);

            long begin = System.nanoTime();
            Answer answer = waiting.join();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            assertThat(answer.json().path("code").asString())
                    .isIn(List.of(way.code, "unauthenticated", "access-denied"));
            assertThat(answer.status()).isIn(401, 403);
        }
    }

    @Test
    void liveFeedEndsWithItsKey() throws IOException {
        String user = newUser();
        Answer made =
                admin.post(
                                "/api/v1/users/" + user + "/keys",
                                "{\"label\": \"feed\", \"expiresInDays\": 1}")
                        .expect(201);
        String key = made.json().path("key").asString();
        try (FeedClient feed = feed(key)) {
            feed.next("checkpoint");

            admin.delete("/api/v1/users/" + user + "/keys/" + made.json().path("id").asString())
                    .expect(204);

            requireEnd(feed, "unauthenticated");
        }
    }

    @Test
    void changeOfRightsThatTakesNothingAwayLetsAFeedGoOn() throws IOException {
        String user = newUser();
        try (FeedClient feed = feed(login(user))) {
            feed.next("checkpoint");

            admin.patch("/api/v1/users/" + user, "{\"tags\": [\"rbac:role:editor\"]}").expect(200);

            feed.next("checkpoint");
            feed.next("checkpoint");
        }
    }
}
