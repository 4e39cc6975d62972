package io.entitydb.client;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The service has refused a request, or could not do it. What came of a request that got no answer
 * at all is not known; that is Spring's {@code ResourceAccessException}.
 */
public final class EntityDbException extends RuntimeException {

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final transient Problem problem;
    private final transient HttpHeaders headers;

    private EntityDbException(Problem problem, HttpHeaders headers) {
        super(problem.status() + " " + problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.headers = headers;
    }

    /** The exception for an answer that tells of an error. */
    static EntityDbException of(ClientHttpResponse response, JsonMapper json) throws IOException {
        byte[] body = response.getBody().readNBytes(MAX_BODY_BYTES);
        Problem problem = parse(body, json);
        if (problem == null) {
            int status = response.getStatusCode().value();
            String detail = "the answer is no problem document";
            problem = new Problem(null, null, status, detail, null, "", null, List.of());
        }
        return new EntityDbException(problem, response.getHeaders());
    }

    /** Something between the service and the client may answer in its own way. */
    private static @Nullable Problem parse(byte[] body, JsonMapper json) {
        try {
            Problem problem = json.readValue(body, Problem.class);
            return problem == null || problem.code().isEmpty() ? null : problem;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** What the service says. */
    public Problem problem() {
        return problem;
    }

    /** The stable name of the kind of problem; empty if it was not the service that answered. */
    public String code() {
        return problem.code();
    }

    /** The status of the answer. */
    public int status() {
        return problem.status();
    }

    /** The headers of the answer. */
    public HttpHeaders headers() {
        return headers;
    }

    /** After how long a repetition may help; empty where it does not. */
    public Optional<Duration> retryAfter() {
        String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }
}
