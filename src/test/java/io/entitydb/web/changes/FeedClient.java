package io.entitydb.web.changes;

import io.entitydb.web.Api;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A client of live events, which reads them one by one. Used by one thread. */
public final class FeedClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Shared: a client has threads of its own. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    /**
     * An event.
     *
     * @param name what it is
     * @param id its place; null if it tells none
     */
    public record Event(String name, @Nullable String id, JsonNode data) {}

    private FeedClient(int port, String token, String query, String[] headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/v1/changes" + query))
                        .header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** Connects, and waits for the headers of the answer. */
    public static FeedClient open(int port, String query, String... headers) {
        return new FeedClient(port, Api.tokenOfAdmin(port), query, headers);
    }

    /** As {@link #open}, with a token of somebody. */
    public static FeedClient openAs(int port, String token, String query) {
        return new FeedClient(port, token, query, new String[0]);
    }

    /** The status of the answer. */
    public int status() {
        return answer.statusCode();
    }

    /** The answer without its body. */
    public HttpResponse<InputStream> answer() {
        return answer;
    }

    /** The next event; null if the feed has ended. */
    public @Nullable Event next() throws IOException {
        String name = null;
        String id = null;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && name != null && data != null) {
                return new Event(name, id, JSON.readTree(data));
            }
            int colon = line.indexOf(": ");
            String value = colon < 0 ? "" : line.substring(colon + 2);
            switch (colon < 0 ? "" : line.substring(0, colon)) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data = value;
                default -> {}
            }
        }
        return null;
    }

    /** The next event of a name; passes over others. */
    public Event next(String name) throws IOException {
        for (Event event = next(); event != null; event = next()) {
            if (event.name().equals(name)) {
                return event;
            }
        }
        throw new AssertionError("the feed ended before an event " + name);
    }

    /** Cuts the connection. */
    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException("connection is not cut", e);
        }
    }
}
