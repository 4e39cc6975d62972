package io.entitydb.web.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.web.Answer;

import tools.jackson.databind.json.JsonMapper;

import java.util.Set;
import java.util.TreeSet;

/** Holds answers against the description of the interface. */
final class Judge {

    /**
     * What the server itself says before any operation is asked, by code of the problem. The
     * description names them at no operation.
     */
    static final Set<String> OF_THE_SERVER =
            Set.of(
                    "malformed-request",
                    "uri-too-long",
                    "headers-too-large",
                    "body-too-large",
                    "not-implemented");

    /** What a path that leads elsewhere is answered with. */
    private static final Set<String> OF_OTHER_PATHS =
            Set.of("path-not-found", "method-not-allowed");

    private static final int NOT_MODIFIED = 304;

    private Judge() {}

    /**
     * Checks an answer.
     *
     * @throws AssertionError if the operation may not answer like this
     */
    static void check(DescribedOperation operation, RawRequest request, Answer answer) {
        boolean hasBody = !request.method().equals("HEAD") && answer.status() != NOT_MODIFIED;
        if (answer.status() >= 400) {
            if (hasBody) {
                checkProblem(operation, request, answer);
            } else {
                assertThat(answer.status()).isNotEqualTo(500);
            }
            return;
        }
        if (!request.isMisled()) {
            assertThat(operation.media()).as("status").containsKey(answer.status());
        }
        if (hasBody && !answer.body().isEmpty() && !request.isMisled()) {
            String type = answer.header("Content-Type");
            boolean isDescribed =
                    operation.media().getOrDefault(answer.status(), Set.of()).stream()
                            .anyMatch(each -> type.startsWith(each));
            assertThat(isDescribed || isContent(operation)).as("type %s", type).isTrue();
        }
        if (isDocument(operation, answer)) {
            JsonMapper.shared().readTree(answer.body());
        }
    }

    /** Whether an answer has a body that is a JSON document of the service. */
    static boolean isDocument(DescribedOperation operation, Answer answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.equals("application/json") && !answer.body().isEmpty() && !isContent(operation);
    }

    /** A content has whatever type it was given. */
    private static boolean isContent(DescribedOperation operation) {
        return operation.method().equals("GET") && operation.path().endsWith("/content");
    }

    private static void checkProblem(
            DescribedOperation operation, RawRequest request, Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        String code = answer.json().path("code").asString("");
        if (code.equals("malformed-request") && !answer.json().has("instance")) {
            // Of a request line that cannot be read there is nothing to repeat.
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("Exception", "\tat ", "<html");
            assertThat(answer.json().path("traceId").asString()).matches("[0-9a-f]{32}");
            return;
        }
        answer.expectProblem(answer.status(), code);
        assertThat(code).isNotIn("internal-error", "corrupt-data", "entity-damaged", "storage-io");
        Set<String> known =
                new TreeSet<>(operation.problems().getOrDefault(answer.status(), Set.of()));
        known.addAll(OF_THE_SERVER);
        if (request.isMisled()) {
            known.addAll(OF_OTHER_PATHS);
        }
        assertThat(known).as("code").contains(code);
        if (answer.status() == 503) {
            assertThat(answer.headers().map()).containsKey("retry-after");
        }
    }
}
