import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The REST interface of one dataset. All methods throw {@link UncheckedIOException}. */
final class EntityService implements AutoCloseable {

    /** An access token or API key; null for a service that asks nobody who they are. */
    private static final String TOKEN = System.getenv("ENTITYDB_TOKEN");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final URI service;
    private final String dataset;

    EntityService(URI service, String dataset) {
        this.service = service;
        this.dataset = dataset;
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param body its text
     */
    record Answer(int status, String body) {

        /** The body as a JSON object; empty if it is something else. */
        @SuppressWarnings("unchecked") // Json.read makes objects of nothing else.
        Map<String, Object> json() {
            try {
                return Json.read(body) instanceof Map<?, ?> members
                        ? (Map<String, Object>) members
                        : Map.of();
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }

        /** What an answer that is not a success says, in one line. */
        String problem() {
            Map<String, Object> problem = json();
            StringBuilder text = new StringBuilder().append(status);
            for (String member : List.of("code", "detail")) {
                if (problem.containsKey(member)) {
                    text.append(' ').append(problem.get(member));
                }
            }
            if (problem.containsKey("errors")) {
                text.append(' ').append(Json.write(problem.get("errors")));
            }
            return text.toString();
        }
    }

    /** Makes the dataset if it is missing. */
    Answer makeDataset() {
        if (dataset.equals("default")) {
            return get("/api/v1/datasets/default");
        }
        String body = Json.write(Map.of("name", dataset));
        Answer made = send(request("/api/v1/datasets", "POST", body));
        return made.status() == 409 ? get("/api/v1/datasets/" + encode(dataset)) : made;
    }

    /**
     * Makes a state the newest version of an entity.
     *
     * @param after the version that must be the newest before; 0 if the entity must not be there
     */
    Answer write(String id, State state, long after) {
        String path = entity(id);
        HttpRequest.Builder request =
                switch (state) {
                    case State.Living living -> request(path, "PUT", Json.write(living.body()));
                    case State.Deleted _ -> request(path, "DELETE", null);
                };
        if (after == 0) {
            request.header("If-None-Match", "*");
        } else {
            request.header("If-Match", "\"" + after + "\"");
        }
        return send(request);
    }

    /** Makes a state the newest version of an entity, whatever was before. */
    Answer replace(String id, State.Living state) {
        return send(request(entity(id), "PUT", Json.write(state.body())));
    }

    /** The entity as it is. */
    Answer find(String id) {
        return get(entity(id) + "?content=include");
    }

    /** The entity as it was. */
    Answer findAsOf(String id, String instant) {
        return get(entity(id) + "?content=include&asOf=" + encode(instant));
    }

    /** One version of an entity. */
    Answer version(String id, long number) {
        return get(entity(id) + "/versions/" + number + "?content=include");
    }

    /** A page of the versions of an entity, oldest first. */
    Answer versions(String id, String cursor) {
        String path = entity(id) + "/versions?order=asc&fields=*&limit=1000";
        return get(cursor == null ? path : path + "&cursor=" + encode(cursor));
    }

    /** The number of living entities with a tag, as the member {@code total}. */
    Answer count(String tag) {
        return get(entities() + "?fields=id&limit=1&count=exact&tag=" + encode(tag));
    }

    @Override
    public void close() {
        client.close();
    }

    private String entities() {
        return "/api/v1/datasets/" + encode(dataset) + "/entities";
    }

    private String entity(String id) {
        return entities() + "/" + encode(id);
    }

    private Answer get(String path) {
        return send(request(path, "GET", null));
    }

    private HttpRequest.Builder request(String path, String method, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service + path)).timeout(PATIENCE);
        if (TOKEN != null) {
            request.header("Authorization", "Bearer " + TOKEN);
        }
        return body == null
                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                : request.method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    /** Percent-encoding that makes any text one segment of a path. */
    private static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }
}
