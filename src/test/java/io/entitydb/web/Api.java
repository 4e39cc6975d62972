package io.entitydb.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client that sends paths as they are, and headers and bodies as they are told. */
public final class Api implements AutoCloseable {

    private static final String JSON = "application/json";

    private static final Map<Integer, String> TOKENS = new ConcurrentHashMap<>();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final List<String> own;

    /** A client of the server on a port of this machine. */
    public Api(int port) {
        this(port, "");
    }

    private Api(int port, String token) {
        this.server = URI.create("http://127.0.0.1:" + port);
        this.own = token.isEmpty() ? List.of() : List.of("Authorization", "Bearer " + token);
    }

    /** A client that shows a token with every request that shows nothing else. */
    public static Api withToken(int port, String token) {
        return new Api(port, token);
    }

    /** A client that may do everything in a service of tests. */
    public static Api ofAdmin(int port) {
        return new Api(port, tokenOfAdmin(port));
    }

    /** A token that may do everything in a service of tests; the same one each time. */
    public static String tokenOfAdmin(int port) {
        return TOKENS.computeIfAbsent(
                port,
                key -> {
                    try (Api anonymous = new Api(port)) {
                        return anonymous.login(
                                TemporaryDirectory.ADMIN, TemporaryDirectory.PASSWORD);
                    }
                });
    }

    /** The line of a request that shows that token. */
    public static String authorization(int port) {
        return "Authorization: Bearer " + tokenOfAdmin(port) + "\r\n";
    }

    /** A client that is logged in. */
    public static Api loggedIn(int port, String user, String password) {
        try (Api anonymous = new Api(port)) {
            return new Api(port, anonymous.login(user, password));
        }
    }

    /** Logs in, and gives the access token. */
    public String login(String user, String password) {
        String body = "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
        return post("/api/v1/auth/tokens", body)
                .expect(200)
                .json()
                .path("accessToken")
                .stringValue();
    }

    /** A text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The path of an entity. */
    public static String entity(String dataset, String id) {
        return "/api/v1/datasets/" + dataset + "/entities/" + segment(id);
    }

    /** The path of the entities of a dataset. */
    public static String entities(String dataset) {
        return "/api/v1/datasets/" + dataset + "/entities";
    }

    /** Reads. */
    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** Reads the headers. */
    public Answer head(String path, String... headers) {
        return send("HEAD", path, BodyPublishers.noBody(), headers);
    }

    /** Posts JSON. */
    public Answer post(String path, String json, String... headers) {
        return sendJson("POST", path, json, headers);
    }

    /** Posts without a body. */
    public Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    /** Puts JSON. */
    public Answer put(String path, String json, String... headers) {
        return sendJson("PUT", path, json, headers);
    }

    /** Patches with JSON. */
    public Answer patch(String path, String json, String... headers) {
        return sendJson("PATCH", path, json, headers);
    }

    /** Patches with a merge patch. */
    public Answer merge(String path, String json, String... headers) {
        String[] all = append(headers, "Content-Type", "application/merge-patch+json");
        return send("PATCH", path, BodyPublishers.ofString(json), all);
    }

    /** Deletes. */
    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    /** Sends anything. */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        return exchange(request(method, path, body, headers));
    }

    /** Sends anything, the body only when the server says that it wants it. */
    public Answer sendWhenAskedTo(
            String method, String path, BodyPublisher body, String... headers) {
        return exchange(request(method, path, body, headers).expectContinue(true));
    }

    private HttpRequest.Builder request(
            String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).method(method, body);
        boolean isShown = List.of(headers).contains("Authorization");
        if (!isShown && !own.isEmpty()) {
            request.headers(own.toArray(String[]::new));
        }
        return headers.length > 0 ? request.headers(headers) : request;
    }

    private Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return Answer.of(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Answer sendJson(String method, String path, String json, String... headers) {
        return send(
                method, path, BodyPublishers.ofString(json), append(headers, "Content-Type", JSON));
    }

    private static String[] append(String[] headers, String name, String value) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    @Override
    public void close() {
        client.close();
    }
}
