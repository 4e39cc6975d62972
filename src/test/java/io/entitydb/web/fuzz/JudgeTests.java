package io.entitydb.web.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.web.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The judge of the fuzzer lets no answer pass that the description does not name. */
class JudgeTests {

    private static final String PROBLEM = "application/problem+json";
    private static final DescribedOperation OPERATION =
            new DescribedOperation(
                    "GET",
                    "/api/v1/things",
                    List.of(),
                    Map.of(),
                    Map.of(
                            404, Set.of("entity-not-found"),
                            500, Set.of("internal-error"),
                            503, Set.of("storage-closed")),
                    Map.of(200, Set.of("application/json"), 404, Set.of(PROBLEM)));

    private static Answer answer(int status, String type, String body, String... retryAfter) {
        Map<String, List<String>> headers = new HashMap<>(Map.of("content-type", List.of(type)));
        if (retryAfter.length > 0) {
            headers.put("retry-after", List.of(retryAfter));
        }
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static String problem(int status, String code, String detail) {
        return """
        {"type": "urn:entitydb:problem:%s", "title": "t", "status": %d, "detail": "%s",
         "instance": "/api/v1/things", "code": "%s",
         "traceId": "0123456789abcdef0123456789abcdef"}\
        """
                .formatted(code, status, detail, code);
    }

    private static void check(Answer answer) {
        RawRequest request = new RawRequest("GET", "/api/v1/things", List.of(), "", false, false);
        Judge.check(OPERATION, request, answer);
    }

    @Test
    void describedAnswersPass() {
        assertThatCode(
                        () -> {
                            check(answer(200, "application/json", "{}"));
                            check(answer(404, PROBLEM, problem(404, "entity-not-found", "d")));
                            check(answer(503, PROBLEM, problem(503, "storage-closed", "d"), "5"));
                        })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "404, dataset-not-found, another code of a status that is described",
        "409, version-conflict, a status that is not described",
        "500, internal-error, a fault although it is described",
        "503, storage-closed, unavailable without Retry-After",
        "404, entity-not-found, java.lang.IllegalStateException",
        "404, entity-not-found, ''"
    })
    void otherProblemsDoNot(int status, String code, String detail) {
        Answer answer = answer(status, PROBLEM, problem(status, code, detail));

        assertThatThrownBy(() -> check(answer)).isInstanceOf(AssertionError.class);
    }

    @Test
    void otherAnswersDoNot() {
        for (Answer answer :
                List.of(
                        answer(201, "application/json", "{}"),
                        answer(200, "text/html", "<html>"),
                        answer(404, "text/html", "<html>"),
                        answer(404, PROBLEM, "{}"))) {
            assertThatThrownBy(() -> check(answer)).isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> check(answer(200, "application/json", "{")))
                .isInstanceOf(RuntimeException.class);
    }
}
