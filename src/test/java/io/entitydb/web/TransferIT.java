package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is exported and imported again is the same; what is wrong with a line is told of it. */
@ServiceTest
class TransferIT {

    private static final String NDJSON = "application/x-ndjson";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Api api;

    @LocalServerPort int port;

    private String dataset = "";

    TransferIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void make() {
        dataset = made();
    }

    private String made() {
        String name = "transfer-" + NUMBER.incrementAndGet();
        api.post("/api/v1/datasets", "{\"name\": \"" + name + "\"}").expect(201);
        return name;
    }

    private Answer export(String from, String query) {
        return api.get(Api.entities(from) + ":export" + query).expect(200);
    }

    private List<JsonNode> take(String to, String query, String lines) {
        Answer answer =
                api.send(
                        "POST",
                        Api.entities(to) + ":import" + query,
                        BodyPublishers.ofString(lines),
                        "Content-Type",
                        NDJSON);
        assertThat(answer.expect(200).header("Content-Type")).isEqualTo(NDJSON);
        return lines(answer.body());
    }

    private static List<JsonNode> lines(String body) {
        assertThat(body).endsWith("\n");
        return body.lines().map(JSON::readTree).toList();
    }

    private static List<String> texts(List<JsonNode> lines, String member) {
        return lines.stream().map(line -> line.path(member).asString("")).toList();
    }

    /** What an import takes over, of all lines but the last. */
    private static List<String> essence(String export) {
        List<String> essence = new ArrayList<>();
        for (JsonNode line : lines(export)) {
            if (!line.has("end")) {
                essence.add(
                        line.path("id").asString()
                                + line.path("version")
                                + line.path("tags")
                                + line.path("contentType")
                                + line.path("contentDigest")
                                + line.path("content")
                                + line.path("state"));
            }
        }
        return essence;
    }

    private void fill() {
        api.put(
                Api.entity(dataset, "@acme/left pad"),
                "{\"tags\": [\"a:b\"], \"content\": {\"price\": 1.50}}");
        api.put(Api.entity(dataset, "@acme/left pad"), "{\"tags\": [\"a:c\"]}");
        api.put(Api.entity(dataset, "@acme/left pad"), "{\"tags\": [\"a:c\"]}");
        api.put(Api.entity(dataset, "gone"), "{\"tags\": [\"x:y\"]}");
        api.delete(Api.entity(dataset, "gone")).expect(204);
        api.put(Api.entity(dataset, "back"), "{\"content\": \"aGk=\"}");
        api.delete(Api.entity(dataset, "back")).expect(204);
        api.post(Api.entity(dataset, "back") + ":restore").expect(200);
        byte[] bytes = new byte[300_001];
        new Random(7).nextBytes(bytes);
        api.send(
                        "PUT",
                        Api.entity(dataset, "Ω large") + "/content",
                        BodyPublishers.ofByteArray(bytes),
                        "Content-Type",
                        "image/png")
                .expect(201);
    }

    @Test
    void historyMakesTheRoundTrip() {
        fill();
        String exported = export(dataset, "?history=true").body();
        String copy = made();

        List<JsonNode> report = take(copy, "?history=true", exported);

        assertThat(essence(exported)).hasSize(9);
        assertThat(essence(export(copy, "?history=true").body())).isEqualTo(essence(exported));
        assertThat(report.getLast().path("failed").asLong()).as("%s", report).isZero();
        assertThat(report.getLast().path("lines").asLong()).isEqualTo(9);
        assertThat(take(copy, "?history=true", exported).getLast().path("unchanged").asLong())
                .isEqualTo(9);
        assertThat(essence(export(copy, "?history=true").body())).isEqualTo(essence(exported));
    }

    @Test
    void newestVersionsMakeTheRoundTrip() {
        fill();
        Answer exported = export(dataset, "");
        String copy = made();

        List<JsonNode> report = take(copy, "", exported.body());

        assertThat(texts(report, "status")).containsExactly("created", "created", "created", "");
        assertThat(texts(lines(exported.body()), "id"))
                .containsExactly("@acme/left pad", "back", "Ω large", "");
        assertThat(lines(exported.body()).getLast().path("end").asBoolean()).isTrue();
        assertThat(lines(exported.body()).getLast().path("transaction").asLong())
                .isEqualTo(exported.transaction());
        assertThat(take(copy, "", exported.body()).getLast().path("unchanged").asLong())
                .isEqualTo(3);
        assertThat(texts(lines(export(copy, "").body()), "contentDigest"))
                .isEqualTo(texts(lines(exported.body()), "contentDigest"));
    }

    @Test
    void anExportShowsOneStateAndGoesOnBehindAnId() {
        fill();
        Answer before = export(dataset, "?state=any");
        String at = "&asOf=tx:" + before.transaction();
        api.put(Api.entity(dataset, "back"), "{\"tags\": [\"later:on\"]}");
        api.put(Api.entity(dataset, "between"), "{}");

        assertThat(export(dataset, "?state=any" + at).body()).isEqualTo(before.body());
        assertThat(texts(lines(export(dataset, "?state=any&after=bacl" + at).body()), "id"))
                .containsExactly("gone", "Ω large", "");
        assertThat(texts(lines(export(dataset, "?state=deleted&after=back").body()), "id"))
                .containsExactly("gone", "");
        assertThat(essence(export(dataset, "?history=true&after=back" + at).body())).hasSize(3);
        assertThat(texts(lines(export(dataset, "?after=zz&history=true").body()), "id"))
                .containsExactly("Ω large", "");
    }

    @Test
    void pagesAreWrittenOneBehindTheOther() {
        List<String> ids = IntStream.range(1000, 1350).mapToObj(i -> "e" + i).toList();
        StringBuilder body = new StringBuilder();
        ids.forEach(id -> body.append("{\"id\":\"").append(id).append("\"}\n"));
        List<JsonNode> report = take(dataset, "", body.toString());
        api.post(
                        Api.entity(dataset, "e1100") + ":erase",
                        "{\"confirm\": \"e1100\", \"reason\": \"test\"}")
                .expect(202);

        List<String> exported = texts(lines(export(dataset, "?state=any").body()), "id");

        assertThat(report.getLast().path("created").asLong()).isEqualTo(350);
        List<String> left = new ArrayList<>(ids);
        left.remove("e1100");
        left.add("");
        assertThat(exported).isEqualTo(left);
    }

    /** Lines, and the codes of what is wrong with them. */
    private static final String[][] BAD = {
        {"nonsense", "malformed-json"},
        {"{\"id\":\"two\",\"tags\":[\"nonsense\"]}", "invalid-entity"},
        {"{\"id\":\"three\",\"colour\":\"red\"}", "unknown-field"},
        {"{\"tags\":[]}", "invalid-body"},
        {"{\"id\":\"four\",\"content\":\"%%%\"}", "invalid-entity"},
        {"{\"id\":\"five\",\"contentLength\":7}", "invalid-entity"},
        {"{\"id\":\"six\",\"content\":\"aGk=\",\"contentDigest\":\"x\"}", "digest-mismatch"},
        {"{\"id\":\"seven\",\"state\":\"erased\"}", "invalid-body"},
        {"{\"id\":\"nine\"} trailing", "malformed-json"},
        {"[1]", "invalid-body"},
        {"{\"end\":false,\"lines\":3}", "invalid-body"},
        {"{\"id\":\"ten\",\"id\":\"eleven\"}", "malformed-json"},
    };

    @Test
    void badLinesAreToldAndDoNotStopTheRest() {
        String bad = Arrays.stream(BAD).map(line -> line[0]).collect(Collectors.joining("\n"));
        String body =
                "{\"id\":\"one\",\"tags\":[\"a:b\"]}\n\n"
                        + bad
                        + "\n{\"id\":\"eight\",\"state\":\"deleted\"}"
                        + "\n{\"id\":\"last\",\"content\":{\"n\":1.50}}";

        List<JsonNode> report = take(dataset, "", body);

        List<JsonNode> failed = report.subList(1, 1 + BAD.length);
        assertThat(failed.stream().map(line -> line.at("/problem/code").asString()))
                .containsExactlyElementsOf(Arrays.stream(BAD).map(line -> line[1]).toList());
        assertThat(failed.getFirst().path("line").asLong()).isEqualTo(3);
        assertThat(failed.get(1).at("/problem/errors/0/pointer").asString()).isEqualTo("/tags/0");
        assertThat(texts(report.subList(1 + BAD.length, report.size()), "status"))
                .containsExactly("unchanged", "created", "");
        assertThat(report.getFirst().path("status").asString()).isEqualTo("created");
        assertThat(report.getLast().path("end").asBoolean()).isTrue();
        assertThat(report.getLast().path("failed").asLong()).isEqualTo(BAD.length);
        assertThat(api.get(Api.entity(dataset, "last")).expect(200).json().path("content"))
                .isEqualTo(JSON.readTree("\"eyJuIjoxLjUwfQ==\""));
    }

    @Test
    void anImportStopsAtTheFirstFailureIfToldSo() {
        String body = "{\"id\":\"a\"}\n{\"id\":\"b\",\"tags\":[\"x\"]}\n{\"id\":\"c\"}\n";

        List<JsonNode> report = take(dataset, "?stopOnError=true&report=failed", body);

        assertThat(texts(report, "id")).containsExactly("b", "");
        assertThat(report.getLast().path("end").asBoolean(true)).isFalse();
        assertThat(texts(lines(export(dataset, "").body()), "id")).containsExactly("a", "");
    }

    @Test
    void linesOfAHistoryBehindAFailureAreNotTaken() {
        String body =
                """
                {"id":"h","tags":["n:1"]}
                {"id":"h","tags":["bad"]}
                {"id":"h","tags":["n:3"]}
                {"id":"i","tags":["n:1"]}
                """;

        List<JsonNode> report = take(dataset, "?history=true", body);

        assertThat(texts(report, "status"))
                .containsExactly("created", "failed", "failed", "created", "");
        assertThat(report.get(2).at("/problem/code").asString()).isEqualTo("version-conflict");
        String whole = body.replace("\"bad\"", "\"n:2\"");
        assertThat(texts(take(dataset, "?history=true", whole), "status"))
                .containsExactly("unchanged", "updated", "updated", "unchanged", "");
        String other = whole.replace("n:2", "n:7");
        assertThat(texts(take(dataset, "?history=true", other), "status"))
                .containsExactly("unchanged", "failed", "failed", "unchanged", "");
    }

    @Test
    void skippedLinesCountAsVersions() {
        String body = "{\"id\":\"h\",\"tags\":[\"n:1\"]}\n{\"id\":\"h\",\"tags\":[\"n:2\"]}\n";
        take(dataset, "?history=true", body.lines().findFirst().orElseThrow());

        List<JsonNode> report = take(dataset, "?history=true&skip=1", body);

        assertThat(texts(report, "status")).containsExactly("updated", "");
        assertThat(report.getFirst().path("version").asLong()).isEqualTo(2);
        assertThat(report.getFirst().path("line").asLong()).isEqualTo(2);
    }

    @Test
    void aDryRunStoresNothing() {
        take(dataset, "", "{\"id\":\"there\"}");
        String body = "{\"id\":\"there\",\"state\":\"deleted\"}\n{\"id\":\"other\"}\n";

        List<JsonNode> report = take(dataset, "?dryRun=true", body);

        assertThat(texts(report, "status")).containsExactly("deleted", "created", "");
        assertThat(report.getFirst().has("version")).isFalse();
        assertThat(texts(lines(export(dataset, "").body()), "id")).containsExactly("there", "");
        assertThat(texts(take(dataset, "", body), "status"))
                .containsExactly("deleted", "created", "");
        assertThat(texts(lines(export(dataset, "").body()), "id")).containsExactly("other", "");
    }

    @Test
    void linesThatAreTooLongOrNoTextFailAlone() {
        byte[] before = "{\"id\":\"a\"}\n{\"id\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] broken = {(byte) 0xff, '"', '}', '\n'};
        byte[] after = "\n{\"id\":\"z\"}".getBytes(StandardCharsets.UTF_8);
        InputStream body =
                new java.io.SequenceInputStream(
                        java.util.Collections.enumeration(
                                List.of(
                                        new ByteArrayInputStream(before),
                                        new ByteArrayInputStream(broken),
                                        new ByteArrayInputStream(new byte[17 << 20]),
                                        new ByteArrayInputStream(after))));

        Answer answer =
                api.send(
                        "POST",
                        Api.entities(dataset) + ":import",
                        BodyPublishers.ofInputStream(() -> body),
                        "Content-Type",
                        NDJSON);

        List<JsonNode> report = lines(answer.expect(200).body());
        assertThat(texts(report, "status"))
                .containsExactly("created", "failed", "failed", "created", "");
        assertThat(report.get(1).at("/problem/code").asString()).isEqualTo("malformed-json");
        assertThat(report.get(2).at("/problem/code").asString()).isEqualTo("body-too-large");
    }

    @Test
    void anImportMayBeLargerThanABody() {
        String content = Base64.getEncoder().encodeToString(new byte[600_000]);
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            body.append("{\"id\":\"l").append(i).append("\",\"content\":\"").append(content);
            body.append("\"}\n");
        }

        List<JsonNode> report = take(dataset, "", body.toString());

        assertThat(body.length()).isGreaterThan(16 << 20);
        assertThat(report.getLast().path("created").asLong()).isEqualTo(40);
        assertThat(report.getLast().path("transaction").asLong()).isPositive();
    }

    @Test
    void whatAClientThatGoesAwaySentIsStoredOrNotAndCanBeSentAgain() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = 1000; i < 1500; i++) {
            body.append("{\"id\":\"e").append(i).append("\"}\n");
        }
        String head =
                "POST "
                        + Api.entities(dataset)
                        + ":import HTTP/1.1\r\nHost: localhost\r\n"
                        + Api.authorization(port)
                        + "Content-Type: "
                        + NDJSON
                        + "\r\nContent-Length: 1000000\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("{\"id\":\"half\"".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200");
        }
        await().untilAsserted(
                        () ->
                                assertThat(texts(lines(export(dataset, "").body()), "id"))
                                        .contains("e1099"));

        List<JsonNode> report = take(dataset, "?report=failed", body.toString());

        assertThat(report).hasSize(1);
        assertThat(report.getFirst().path("lines").asLong()).isEqualTo(500);
        assertThat(report.getFirst().path("unchanged").asLong()).isGreaterThanOrEqualTo(100);
        assertThat(texts(lines(export(dataset, "").body()), "id"))
                .hasSize(501)
                .doesNotContain("half");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String path = Api.entities(dataset);
        api.get(path + ":export?history=yes").expectProblem(422, "invalid-query");
        api.get(path + ":export?asOf=v:1").expectProblem(422, "invalid-query");
        api.get(path + ":export?state=dead").expectProblem(422, "invalid-query");
        assertThat(api.get(path + ":export?after=").expectProblem(422, "invalid-query").faults())
                .containsExactly("after");
        api.get(path + ":export?tag=a:b").expectProblem(422, "unknown-parameter");
        api.get(Api.entities("transfer-no") + ":export").expectProblem(404, "dataset-not-found");
        api.get(Api.entities("system") + ":export").expectProblem(403, "access-denied");
        assertThat(api.head(path + ":export").expect(200).transaction()).isPositive();
        for (String query : List.of("skip=-1", "report=some", "dryRun=1", "stopOnError=x")) {
            send(path + ":import?" + query, NDJSON).expectProblem(422, "invalid-query");
        }
        send(path + ":import", "application/json").expectProblem(415, "unsupported-media-type");
        send(Api.entities("transfer-no") + ":import", NDJSON)
                .expectProblem(404, "dataset-not-found");
        send(Api.entities("system") + ":import", NDJSON).expectProblem(403, "access-denied");
    }

    private Answer send(String path, String mediaType) {
        return api.send("POST", path, BodyPublishers.ofString(""), "Content-Type", mediaType);
    }
}
