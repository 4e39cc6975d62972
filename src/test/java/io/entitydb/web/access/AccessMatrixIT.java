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
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every operation and every kind of caller: who gets in is what the table says, and who does not
 * learns nothing.
 */
@ServiceTest
class AccessMatrixIT {

    private static final Path DOCUMENT = Path.of("docs/security-matrix.md");

    /** What a request names: things that exist, and things of the same length that do not. */
    private static final Map<String, String> PRESENT =
            Map.ofEntries(
                    Map.entry("dataset", "matrix-there"),
                    Map.entry("id", "entity-there"),
                    Map.entry("version", "1"),
                    Map.entry("namespace", "kind"),
                    Map.entry("user", "matrix-there"),
                    Map.entry("role", "matrix-there"),
                    Map.entry("key", "00000000000000000000000000000000"),
                    Map.entry("transaction", "1"),
                    Map.entry("operation", "nothing"),
                    Map.entry("backup", "backup-1"));

    private static final Map<String, String> ABSENT =
            Map.ofEntries(
                    Map.entry("dataset", "matrix-gone0"),
                    Map.entry("id", "entity-gone0"),
                    Map.entry("version", "7"),
                    Map.entry("namespace", "none"),
                    Map.entry("user", "matrix-gone0"),
                    Map.entry("role", "matrix-gone0"),
                    Map.entry("key", "11111111111111111111111111111111"),
                    Map.entry("transaction", "9"),
                    Map.entry("operation", "missing"),
                    Map.entry("backup", "backup-2"));

    @LocalServerPort int port;

    private final Api admin;
    private Cast cast;

    AccessMatrixIT(Api admin) {
        this.admin = admin;
    }

    @BeforeEach
    void prepare() {
        cast = new Cast(admin, port);
        for (String name : List.of("matrix-there", "matrix-elsewhere")) {
            admin.post("/api/v1/datasets", "{\"name\": \"" + name + "\"}");
        }
        admin.put(Api.entity("matrix-there", "entity-there"), "{\"tags\": [\"kind:secret\"]}");
        admin.put("/api/v1/roles/matrix-there", "{\"tags\": [\"rbac:perm:entity:view\"]}")
                .expect(200);
        cast.user("matrix-there");
        cast.user("matrix-none");
        cast.user("matrix-viewer", "rbac:role:viewer");
        cast.user("matrix-editor", "rbac:role:editor");
        cast.user("matrix-admin", "rbac:role:admin");
        cast.user("matrix-elsewhere", "dataset:matrix-elsewhere:*");
    }

    @AfterEach
    void close() {
        cast.close();
    }

    private Api client(String caller) {
        return caller.equals("anonymous") ? cast.anonymous() : cast.as("matrix-" + caller);
    }

    private List<DescribedRequest> requests() {
        List<DescribedRequest> all =
                new ArrayList<>(DescribedRequest.of(admin.get("/v3/api-docs").expect(200).json()));
        JsonNode links = admin.get("/actuator").expect(200).json().path("_links");
        links.propertyNames().stream()
                .filter(name -> !name.contains("-"))
                .map(name -> name.equals("self") ? "/actuator" : "/actuator/" + name)
                .forEach(path -> all.add(page(path)));
        List.of("/livez", "/readyz", "/v3/api-docs", "/swagger-ui/index.html", "/", "/api/v1")
                .forEach(path -> all.add(page(path)));
        return all;
    }

    private static DescribedRequest page(String path) {
        JsonNode none = JsonNodeFactory.instance.arrayNode();
        return new DescribedRequest("GET " + path, "GET", path, none, "", "");
    }

    @Test
    void everyOperationHasItsRow() throws IOException {
        AccessTable table = AccessTable.read();

        assertThat(table.rows().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        requests().stream().map(DescribedRequest::name).toList());
        assertThat(table.rows().values())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.callers()));
        DescribedRequest.of(admin.get("/v3/api-docs").json())
                .forEach(
                        request ->
                                assertThat(request.rights().isArray())
                                        .as("x-permissions of " + request.name())
                                        .isTrue());
    }

    /** Refusals first: what is permitted changes what there is. */
    @Test
    void whoGetsInIsWhatTheTableSays() throws IOException {
        AccessTable table = AccessTable.read();
        List<String> wrong = new ArrayList<>();
        List<DescribedRequest> requests = requests();
        for (DescribedRequest request : requests) {
            for (String caller : table.callers()) {
                if (table.door(request.name(), caller) != AccessTable.Door.YES) {
                    refused(table, request, caller).ifPresent(wrong::add);
                }
            }
        }
        for (DescribedRequest request : requests) {
            for (String caller : table.callers()) {
                if (table.door(request.name(), caller) == AccessTable.Door.YES) {
                    reached(request, caller).ifPresent(wrong::add);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private Optional<String> refused(AccessTable table, DescribedRequest request, String caller) {
        Answer present = request.send(client(caller), PRESENT);
        Answer absent = request.send(client(caller), ABSENT);
        AccessTable.Door door = table.door(request.name(), caller);
        String code = door == AccessTable.Door.NO ? "access-denied" : "unauthenticated";
        int status = door == AccessTable.Door.NO ? 403 : 401;
        String what = request.name() + " by " + caller + ": ";
        if (present.status() != status || !code.equals(codeOf(present))) {
            return Optional.of(what + present.status() + " " + present.body());
        }
        String one = headers(present) + impersonal(present);
        String other = headers(absent) + impersonal(absent);
        return one.equals(other) ? Optional.empty() : Optional.of(what + one + " / " + other);
    }

    private Optional<String> reached(DescribedRequest request, String caller) {
        Answer answer = send(request, caller);
        String code = answer.status() < 400 ? "" : codeOf(answer);
        boolean isRefused =
                code.equals("unauthenticated")
                        || code.equals("access-denied")
                        || answer.status() >= 500
                        || answer.status() == 405;
        return isRefused
                ? Optional.of(
                        request.name() + " by " + caller + " is not reached: " + answer.body())
                : Optional.empty();
    }

    /** Who logs out does it with a token of its own. */
    private Answer send(DescribedRequest request, String caller) {
        if (!request.name().equals("logout")) {
            return request.send(client(caller), PRESENT);
        }
        try (Api own = Api.loggedIn(port, "matrix-" + caller, Cast.PASSWORD)) {
            return request.send(own, PRESENT);
        }
    }

    private static String codeOf(Answer answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/problem+json")
                ? answer.json().path("code").stringValue()
                : "";
    }

    /** An answer without what the request itself said. */
    private static String impersonal(Answer answer) {
        String text = answer.body().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "");
        Map<String, String> names = new HashMap<>(PRESENT);
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (name.getValue().length() > 1) {
                text = text.replace(name.getValue(), "{" + name.getKey() + "}");
                text = text.replace(ABSENT.get(name.getKey()), "{" + name.getKey() + "}");
            }
        }
        return text.replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("content-length");
        // A connection ends after so many requests.
        headers.remove("connection");
        return headers;
    }

    @Test
    void documentSaysWhatTheTableSays() throws IOException {
        Map<String, String> rights = new HashMap<>();
        requests().forEach(request -> rights.put(request.name(), request.rightsText()));
        String text = AccessTable.read().toMarkdown(rights);
        Path written = Path.of("target", "security-matrix.md");
        Files.createDirectories(written.getParent());
        Files.writeString(written, text, StandardCharsets.UTF_8);

        assertThat(Files.readString(DOCUMENT, StandardCharsets.UTF_8))
                .as("%s is as %s", DOCUMENT, written)
                .isEqualTo(text);
    }
}
