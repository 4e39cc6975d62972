package io.entitydb.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.EntityDbApplication;
import io.entitydb.web.Answer;
import io.entitydb.web.Api;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whatever loggers an operator turns on, nothing that lets somebody in is written to the log. */
@Timeout(300)
class SecretsInLogsIT {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern GENERATED =
            Pattern.compile("with the password\\s+([A-Za-z0-9_-]{20})\\s");
    private static final Pattern LOGGER = Pattern.compile("\\d --- \\[[^\n]*?\\] (\\S+) +: ");
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    @TempDir private Path directory;

    /** What must not be written, and what it is. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private Process process;

    @BeforeEach
    void start() throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EntityDbApplication.class.getName(),
                        "--server.port=0",
                        "--entitydb.storage.directory=" + directory.resolve("data"),
                        "--logging.level.root=TRACE",
                        "--debug");
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    private Optional<String> found(Pattern pattern) {
        Matcher matcher = pattern.matcher(log());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String awaited(Pattern pattern) {
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> found(pattern), Optional::isPresent)
                .orElseThrow();
    }

    private String secret(String what, String text) {
        secrets.put(text, what);
        return text;
    }

    /** The part of a token that only its owner knows. */
    private void secretPart(String what, String token) {
        secret(what, token.substring(token.length() - 43));
    }

    private JsonNode tokens(Answer answer) {
        JsonNode tokens = answer.expect(200).json();
        secretPart("access token", tokens.path("accessToken").asString());
        secretPart("refresh token", tokens.path("refreshToken").asString());
        return tokens;
    }

    private static String login(String user, String password) {
        return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
    }

    private static String refresh(JsonNode tokens) {
        return "{\"refreshToken\": \"%s\"}".formatted(tokens.path("refreshToken").asString());
    }

    @Test
    void nothingThatLetsSomebodyInIsLogged() throws IOException {
        int port = Integer.parseInt(awaited(STARTED));
        String generated = awaited(GENERATED);
        try (Api anonymous = new Api(port)) {
            await().until(() -> anonymous.get("/readyz").status() == 200);
            JsonNode first = tokens(anonymous.post(TOKENS, login("admin", generated)));
            JsonNode tokens = tokens(anonymous.post(TOKENS + ":refresh", refresh(first)));
            try (Api admin = Api.withToken(port, tokens.path("accessToken").asString())) {
                workAs(admin, port, generated);
            }
            failAs(anonymous, tokens(anonymous.post(TOKENS, login("admin", NEW_PASSWORD))));
        }
        try (Stream<String> keys = Files.lines(directory.resolve("data/signing-keys"))) {
            keys.forEach(key -> secret("signing key", key));
        }
        process.destroy();
        process.onExit().join();

        String log = log();
        assertThat(log).contains("TRACE", "DEBUG", "Stopp");
        secrets.put("$argon2", "hash of a password");
        Set<String> leaks = new TreeSet<>();
        secrets.forEach((secret, what) -> leaks.addAll(leaks(log, secret, what)));
        assertThat(leaks).isEmpty();
        assertThat(leaks(log, generated, "the first password"))
                .singleElement()
                .asString()
                .endsWith("security.FirstStart");
    }

    /** Who wrote a text into the log, as often as it is there. */
    private static List<String> leaks(String log, String text, String what) {
        List<String> leaks = new ArrayList<>();
        for (int at = log.indexOf(text); at >= 0; at = log.indexOf(text, at + 1)) {
            Matcher logger = LOGGER.matcher(log.substring(Math.max(0, at - 20_000), at));
            String last = "unknown";
            while (logger.find()) {
                last = logger.group(1);
            }
            leaks.add(what + " by " + last);
        }
        return leaks;
    }

    private static final String NEW_PASSWORD = "another password of admin";

    private void workAs(Api admin, int port, String generated) {
        secret("password of a change", NEW_PASSWORD);
        admin.get(ME).expect(200);
        admin.put(Api.entity("default", "a"), "{\"tags\": [\"a:b\"]}").expect(201);
        String made = secret("password of a new user", "a password of ada");
        admin.post("/api/v1/users", "{\"name\": \"ada\", \"password\": \"%s\"}".formatted(made))
                .expect(201);
        String key =
                admin.post("/api/v1/users/ada/keys", "{\"label\": \"a\", \"expiresInDays\": 1}")
                        .expect(201)
                        .json()
                        .path("key")
                        .asString();
        secretPart("key", key);
        try (Api machine = Api.withToken(port, key)) {
            machine.get(ME).expect(200);
            machine.get("/api/v1/users").expect(403);
        }
        admin.post("/api/v1/auth/signing-keys:rotate").expect(204);
        admin.get("/api/v1/audit").expect(200);
        admin.put(
                        "/api/v1/users/admin/password",
                        "{\"current\": \"%s\", \"password\": \"%s\"}"
                                .formatted(generated, NEW_PASSWORD))
                .expect(204);
        admin.get(ME).expect(401);
    }

    private void failAs(Api anonymous, JsonNode tokens) {
        String wrong = secret("wrong password", "a password that is wrong");
        anonymous.post(TOKENS, login("admin", wrong)).expect(401);
        anonymous.post(TOKENS, login("nobody", wrong)).expect(401);
        anonymous.post(TOKENS, "{\"password\": \"" + wrong + "\"").expect(400);
        anonymous.post(TOKENS, "{\"password\": {\"a\": \"" + wrong + "\"}}").expect(422);
        anonymous.post(TOKENS, "{\"password\": \"" + wrong + "\"}").expect(422);
        anonymous.post(TOKENS, "{\"username\": \"a\", \"pasword\": \"" + wrong + "\"}").expect(422);
        String token = secret("token that is none", "a-token-that-is-none-1234567890");
        anonymous.get(ME, "Authorization", "Bearer " + token).expect(401);
        String basic = secret("other credentials", "YWRtaW46YSBwYXNzd29yZCB0aGF0IGlzIHdyb25n");
        anonymous.get(ME, "Authorization", "Basic " + basic).expect(401);
        anonymous.post(TOKENS + ":refresh", refresh(tokens)).expect(200);
        anonymous.post(TOKENS + ":refresh", refresh(tokens)).expect(401);
        String refresh = secret("refresh token that is none", "edbr_0123_is-no-refresh-token");
        anonymous.post(TOKENS + ":refresh", "{\"refreshToken\": \"" + refresh + "\"}").expect(401);
    }
}
