package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Digest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Contents are sent as bytes: all of them, or nothing that anybody sees. */
@ServiceTest
class ContentUploadIT {

    private static final int SEVERAL_PIECES = (3 << 20) + 17;

    private final Api api;

    @LocalServerPort int port;

    private String path = "";

    ContentUploadIT(Api api) {
        this.api = api;
    }

    @BeforeEach
    void name(TestInfo test) {
        path = Api.entity("default", "upload/" + test.getDisplayName());
    }

    private Answer send(byte[] bytes, String... headers) {
        return api.send("PUT", path + "/content", BodyPublishers.ofByteArray(bytes), headers);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String digest(byte[] bytes) {
        byte[] digest = Digest.sha256(bytes).bytes();
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    }

    private byte[] stored() {
        String base64 = api.get(path + "?content=include").json().path("content").asString();
        return Base64.getDecoder().decode(base64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 65_537, 1 << 20, SEVERAL_PIECES})
    void whatIsSentIsStored(int length) {
        byte[] bytes = random(length);
        for (boolean isLengthKnown : new boolean[] {true, false}) {
            BodyPublisher body =
                    isLengthKnown
                            ? BodyPublishers.ofByteArray(bytes)
                            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));

            Answer answer =
                    api.send("PUT", path + "/content", body, "Content-Type", "image/x-raw; a=b");

            answer.expect(isLengthKnown ? 201 : 200);
            assertThat(answer.tag()).isEqualTo(isLengthKnown ? "\"1\"" : "\"2\"");
            assertThat(answer.json().path("contentType").asString()).isEqualTo("image/x-raw; a=b");
            assertThat(answer.json().path("contentLength").asInt()).isEqualTo(length);
            assertThat(answer.json().path("contentDigest").asString()).isEqualTo(digest(bytes));
            assertThat(answer.transaction()).isPositive();
            assertThat(stored()).isEqualTo(bytes);
        }
    }

    @Test
    void anEntityThatIsMadeIsToldAndHasNoTags() {
        Answer made = send(random(100)).expect(201);

        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(made.texts("tags")).isEmpty();
        assertThat(made.json().path("contentType").asString())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void tagsStayAndLiveOnInWhatIsMadeAnewThereAreNone() {
        api.put(path, "{\"tags\":[\"a:b\",\"c:d\"],\"content\":\"aGk=\"}").expect(201);

        assertThat(send(random(SEVERAL_PIECES)).expect(200).texts("tags"))
                .containsExactly("a:b", "c:d");
        assertThat(api.get(path + "?asOf=v:1&content=include").json().path("content").asString())
                .isEqualTo("aGk=");
        api.delete(path).expect(204);
        assertThat(send(random(10)).expect(201).texts("tags")).isEmpty();
    }

    @Test
    void conditionsAreChecked() {
        send(random(10), "If-Match", "\"1\"").expectProblem(412, "precondition-failed");
        send(random(10), "If-None-Match", "*").expect(201);
        send(random(11), "If-None-Match", "*").expectProblem(412, "precondition-failed");
        send(random(12), "If-Match", "\"1\"").expect(200);
        send(random(13), "If-Match", "\"1\"").expectProblem(412, "precondition-failed");

        assertThat(stored()).isEqualTo(random(12));
    }

    @Test
    void whatCannotSucceedIsNotAskedFor() {
        BodyPublisher body =
                BodyPublishers.ofInputStream(
                        () -> {
                            throw new AssertionError("was asked for the body");
                        });

        api.sendWhenAskedTo("PUT", path + "/content", body, "If-Match", "\"7\"")
                .expectProblem(412, "precondition-failed");
        api.sendWhenAskedTo(
                        "PUT",
                        Api.entity("not-there", "x") + "/content",
                        body,
                        "Content-Type",
                        "a/b")
                .expectProblem(404, "dataset-not-found");
    }

    @Test
    void digestIsChecked() {
        byte[] bytes = random(SEVERAL_PIECES);

        send(bytes, "Content-Digest", digest(random(5))).expectProblem(422, "digest-mismatch");
        api.get(path).expectProblem(404, "entity-not-found");
        Answer wrong = send(bytes, "Repr-Digest", "sha-512=:YQ==:, " + digest(random(5)));
        assertThat(wrong.expectProblem(422, "digest-mismatch").faults())
                .containsExactly("Repr-Digest");
        send(bytes, "Content-Digest", "sha-256=YQ==").expectProblem(400, "malformed-request");
        send(bytes, "Content-Digest", "sha-256=:YQ==:").expectProblem(400, "malformed-request");
        send(bytes, "Content-Digest", "sha-512=:YQ==:").expect(201);
        send(bytes, "Content-Digest", digest(bytes)).expect(200);
        assertThat(stored()).isEqualTo(bytes);
    }

    @Test
    void aPartOrAnEncodingIsRefused() {
        send(random(5), "Content-Range", "bytes 0-4/10").expectProblem(400, "malformed-request");
        send(random(5), "Content-Encoding", "gzip").expectProblem(415, "unsupported-media-type");
        send(random(5), "Content-Type", "nonsense").expectProblem(422, "invalid-entity");
        send(random(5), "Content-Encoding", "identity").expect(201);
    }

    @Test
    void unknownParametersAreRefused() {
        api.send("PUT", path + "/content?asOf=v:1", BodyPublishers.ofByteArray(random(5)))
                .expectProblem(422, "unknown-parameter");
    }

    private Socket begun(String headers, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head =
                "PUT "
                        + path
                        + "/content HTTP/1.1\r\nHost: localhost\r\n"
                        + Api.authorization(port)
                        + headers
                        + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    /** More of them than may be under way at once, so that each must have been given up. */
    @Test
    void aClientThatGoesAwayLeavesNothing() throws IOException {
        byte[] half = random(SEVERAL_PIECES / 2);
        for (int i = 0; i < 40; i++) {
            boolean isChunked = i % 2 == 0;
            String headers =
                    isChunked
                            ? "Transfer-Encoding: chunked\r\n"
                            : "Content-Length: " + SEVERAL_PIECES + "\r\n";
            try (Socket socket = begun(headers, isChunked ? new byte[0] : half)) {
                if (isChunked) {
                    String size = Integer.toHexString(half.length) + "\r\n";
                    socket.getOutputStream().write(size.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(half);
                }
            }
        }

        await().untilAsserted(() -> assertThat(send(random(7)).status()).isIn(200, 201));
        assertThat(api.get(path + "/versions").json().path("items")).hasSize(1);
        assertThat(stored()).isEqualTo(random(7));
    }

    @Test
    void aBrokenBodyIsRefused() throws IOException {
        String answer;
        try (Socket socket =
                begun(
                        "Transfer-Encoding: chunked\r\nConnection: close\r\n",
                        "5\r\nhello\r\nzz\r\n".getBytes(StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(20_000);
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed-request");
        api.get(path).expectProblem(404, "entity-not-found");
    }

    @Test
    void moreThanAContentMayHaveIsRefusedAtOnce() throws IOException {
        String answer;
        try (Socket socket =
                begun("Content-Length: 4294967297\r\nConnection: close\r\n", new byte[0])) {
            socket.setSoTimeout(20_000);
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        }

        assertThat(answer).isEqualTo("HTTP/1.1 413");
    }
}
