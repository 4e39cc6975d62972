package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.web.Answer;
import io.entitydb.web.Api;
import io.entitydb.web.TemporaryDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Who has the files gets in again, and nobody else learns the password on the way. */
@ResourceLock("java.lang.System.in")
@Timeout(180)
class ResetPasswordCommandTests {

    private static final String NEW_PASSWORD = "another password of tests";

    @TempDir private Path directory;

    private static Invocation run(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return Invocation.of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(EntityDbApplication.class)
                        .run(TemporaryDirectory.arguments(data()));
        try (Api probe = new Api(port(context))) {
            await().until(() -> probe.get("/readyz").status() == 200);
        }
        return context;
    }

    /** Users are made in the background; a login waits for them. */
    private void makeStore() {
        try (ConfigurableApplicationContext context = start()) {
            login(port(context), TemporaryDirectory.ADMIN, TemporaryDirectory.PASSWORD).expect(200);
        }
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private Answer login(int port, String user, String password) {
        try (Api anonymous = new Api(port)) {
            return anonymous.post(
                    "/api/v1/auth/tokens",
                    "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password));
        }
    }

    @Test
    void whoWasKeptOutGetsInAgainAsAdministratorAndTheTrailTells() {
        String token;
        try (ConfigurableApplicationContext context = start();
                Api admin = Api.ofAdmin(port(context))) {
            admin.post("/api/v1/users", "{\"name\": \"ada\", \"password\": \"a password of ada\"}")
                    .expect(201);
            token = admin.login("ada", "a password of ada");
            admin.patch("/api/v1/users/ada", "{\"state\": \"disabled\"}").expect(200);
            Invocation refused =
                    run(NEW_PASSWORD + "\n", "user", "reset-password", data().toString(), "ada");
            assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
        }

        Invocation done =
                run(
                        NEW_PASSWORD + "\n",
                        "user",
                        "reset-password",
                        "--admin",
                        data().toString(),
                        "ada");

        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isEqualTo(ExitCode.SOUND);
        assertThat(done.out()).contains("ada").doesNotContain(NEW_PASSWORD);
        try (ConfigurableApplicationContext context = start()) {
            int port = port(context);
            login(port, "ada", "a password of ada").expect(401);
            try (Api stolen = Api.withToken(port, token)) {
                stolen.get("/api/v1/auth/me").expect(401);
            }
            try (Api ada = Api.loggedIn(port, "ada", NEW_PASSWORD)) {
                String trail =
                        ada.get("/api/v1/audit?action=password-change&principal=system")
                                .expect(200)
                                .body();
                assertThat(trail).contains("\"target\":\"ada\"").doesNotContain(NEW_PASSWORD);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, another password of tests, there is no user nobody",
        "system, another password of tests, there is no user system",
        "admin, short, 12 to 256",
        "admin, '', 12 to 256"
    })
    void whatMakesNoSenseIsRefusedAndChangesNothing(String user, String password, String why) {
        makeStore();

        Invocation refused =
                run(password + "\n", "user", "reset-password", data().toString(), user);

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(why);
        try (ConfigurableApplicationContext context = start()) {
            login(port(context), TemporaryDirectory.ADMIN, TemporaryDirectory.PASSWORD).expect(200);
        }
    }

    @Test
    void passwordIsNeverAnArgument() {
        assertThat(
                        run("", "user", "reset-password", directory.toString(), "ada", NEW_PASSWORD)
                                .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("", "user", "reset-password", "--help").out())
                .doesNotContain("--password")
                .contains("standard input");
    }

    @Test
    void directoryWithoutAStoreIsNotMadeToOne() {
        Invocation refused =
                run(NEW_PASSWORD + "\n", "user", "reset-password", directory.toString(), "ada");

        assertThat(refused.code()).isEqualTo(ExitCode.NOT_OPENED);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void inputWithoutALineIsRefused() {
        makeStore();

        Invocation refused = run("", "user", "reset-password", data().toString(), "admin");

        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("standard input");
    }
}
