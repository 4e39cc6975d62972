package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.web.Api;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first start of a store makes one user who may let others in, and nobody can guess how. */
@ExtendWith(OutputCaptureExtension.class)
class FirstStartIT {

    private static final String PROPERTY = "entitydb.security.admin-password";
    private static final String SIGNING_KEYS = "entitydb.security.signing-key-file";

    /** In lines of text or of JSON, whichever this process was told last. */
    private static final Pattern SHOWN =
            Pattern.compile(
                    "with the password(?:\\s|\\\\n)+([A-Za-z0-9_-]{20})(?:\\s|\\\\n)+It is shown this"
                            + " once");

    @TempDir private Path directory;

    private static int login(Api api, String user, String password) {
        return api.post(
                        "/api/v1/auth/tokens",
                        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password))
                .status();
    }

    private static String shown(CapturedOutput log) {
        Awaitility.await().until(() -> SHOWN.matcher(log.getAll()).find());
        Matcher matcher = SHOWN.matcher(log.getAll());
        assertThat(matcher.find()).isTrue();
        String password = matcher.group(1);
        assertThat(matcher.find()).as("shown once").isFalse();
        return password;
    }

    @Test
    void generatedPasswordIsShownOnceAndStays(CapturedOutput log) throws IOException {
        String password;
        try (Started service = Started.over(directory).ready();
                Api api = new Api(service.port())) {
            password = shown(log);
            assertThat(login(api, "admin", "admin")).isEqualTo(401);
            assertThat(login(api, "admin", "")).isEqualTo(401);
            assertThat(login(api, "admin", password)).isEqualTo(200);
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("signing-keys")))
                .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

        try (Started service =
                        Started.over(directory, PROPERTY + "=another long password").ready();
                Api api = new Api(service.port())) {
            assertThat(login(api, "admin", "another long password")).isEqualTo(401);
            String token = api.login("admin", password);
            try (Api admin = Api.withToken(service.port(), token)) {
                assertThat(admin.get("/api/v1/users").json().path("items").size()).isEqualTo(2);
                assertThat(admin.get("/api/v1/users/system").json().path("uuid").stringValue())
                        .isEqualTo("00000000-0000-4000-8000-000000000001");
            }
        }
        assertThat(shown(log)).isEqualTo(password);
    }

    @Test
    void passwordOfTheSettingsIsNotWrittenToTheLog(CapturedOutput log) {
        String password = "from-the-settings-7";
        try (Started service = Started.over(directory, PROPERTY + "=" + password).ready();
                Api api = new Api(service.port())) {
            assertThat(login(api, "admin", password)).isEqualTo(200);
        }
        assertThat(log.getAll()).doesNotContain(password).contains("password of the settings");
    }

    @Test
    void passwordComesFromAMountedFile(CapturedOutput log) throws IOException {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve(PROPERTY), "from-a-mounted-file\n");
        try (Started service =
                        Started.over(
                                        directory.resolve("data"),
                                        "spring.config.import=configtree:" + secrets + "/")
                                .ready();
                Api api = new Api(service.port())) {
            assertThat(login(api, "admin", "from-a-mounted-file")).isEqualTo(200);
        }
        assertThat(log.getAll()).doesNotContain("from-a-mounted-file");
    }

    @Test
    void shortPasswordIsRefusedByTheNameOfItsProperty(CapturedOutput log) {
        assertThatThrownBy(() -> Started.over(directory, PROPERTY + "=sh0rt-one").close())
                .hasStackTraceContaining(PROPERTY);

        assertThat(log.getAll())
                .contains("APPLICATION FAILED TO START", PROPERTY, "12 to 256 characters")
                .doesNotContain("sh0rt-one");
    }

    @Test
    void aSecretThatIsMissingEndsTheStart(CapturedOutput log) {
        String missing = directory.resolve("no-such-file").toString();

        assertThatThrownBy(() -> Started.over(directory, SIGNING_KEYS + "=" + missing).close())
                .hasStackTraceContaining(SIGNING_KEYS);

        assertThat(log.getAll())
                .contains("APPLICATION FAILED TO START", SIGNING_KEYS, "cannot be used");
    }

    /** Whoever wrote a system user into the store by other means gets nobody in by it. */
    @Test
    void anotherSystemUserIsNotReliedOn(CapturedOutput log) {
        try (Started service = Started.over(directory, "entitydb.security.enabled=false").ready()) {
            String record =
                    "{\"uuid\": \"11111111-1111-4111-8111-111111111111\", \"isEnabled\": true,"
                            + " \"credentials\": 0}";
            service.bean(EntityRepository.class)
                    .save(
                            new EntityKey("system", "user/system"),
                            EntityDraft.of(
                                    Set.of(),
                                    Content.of(
                                            Content.OCTET_STREAM,
                                            record.getBytes(StandardCharsets.UTF_8))));
        }
        try (Started service = Started.over(directory).ready();
                Api api = new Api(service.port())) {
            Awaitility.await()
                    .until(() -> log.getAll().contains("the system user cannot be relied on"));
            api.post(
                            "/api/v1/auth/tokens",
                            "{\"username\": \"admin\", \"password\": \"some long password\"}")
                    .expectProblem(503, "authentication-unavailable");
        }
        assertThat(SHOWN.matcher(log.getAll()).find()).isFalse();
    }
}
