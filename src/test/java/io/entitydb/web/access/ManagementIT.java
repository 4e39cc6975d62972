package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;

/** Management endpoints on a port of their own, and pages of other origins that are let in. */
class ManagementIT {

    private static final List<String> CLOSED =
            List.of("/actuator", "/actuator/info", "/actuator/store", "/actuator/sbom");

    @TempDir private Path directory;

    @Test
    void portOfItsOwnIsGuardedAlike() {
        try (Started service =
                        Started.over(
                                        directory,
                                        "entitydb.security.admin-password="
                                                + TemporaryDirectory.PASSWORD,
                                        "management.server.port=0",
                                        "management.server.address=127.0.0.1",
                                        "entitydb.security.anonymous-endpoints=health,prometheus",
                                        "entitydb.web.cors.allowed-origins=https://app.example")
                                .ready();
                Api main = new Api(service.port());
                Api other = new Api(service.managementPort())) {
            String admin = "Bearer " + main.login("admin", TemporaryDirectory.PASSWORD);
            other.get("/actuator/health").expect(200);
            other.get("/actuator/health/readiness").expect(200);
            other.get("/actuator/prometheus").expect(200);
            for (String path : CLOSED) {
                other.get(path).expectProblem(401, "unauthenticated");
                other.get(path, "Authorization", "Bearer a.b.c")
                        .expectProblem(401, "unauthenticated");
                other.get(path, "Authorization", admin).expect(200);
                main.get(path).expectProblem(401, "unauthenticated");
                main.get(path, "Authorization", admin).expectProblem(404, "path-not-found");
            }
            assertThat(other.get("/actuator/store").headers().map())
                    .containsKeys("x-content-type-options", "content-security-policy");
            other.get("/api/v1/datasets", "Authorization", admin).expect(404);
            pagesOfOneOriginAreLetIn(main, admin);
        }
    }

    private static void pagesOfOneOriginAreLetIn(Api main, String admin) {
        Answer asked =
                main.send(
                        "OPTIONS",
                        "/api/v1/datasets",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://app.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization, content-type");
        asked.expect(200);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(asked.header("Access-Control-Allow-Headers")).contains("authorization");
        assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-credentials");
        Answer used =
                main.get(
                        "/api/v1/datasets",
                        "Origin",
                        "https://app.example",
                        "Authorization",
                        admin);
        assertThat(used.expect(200).header("Access-Control-Expose-Headers"))
                .contains("EntityDB-Transaction");
        main.get("/api/v1/datasets", "Origin", "https://evil.example", "Authorization", admin)
                .expectProblem(403, "access-denied");
    }
}
