package io.entitydb.web.direct;

import io.entitydb.security.SecurityHeaders;
import io.entitydb.web.http.FailedChange;

import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asks the guards, calls the controller, and writes what it answers, if all of that succeeds. */
@RequiredArgsConstructor
final class DirectAnswers {

    private final List<HandlerInterceptor> guards;
    private final JsonMapper json;
    private final RequestTimes times;

    /**
     * Does what a request asks and answers it.
     *
     * @return whether it is answered; if not, nothing of an answer is there
     */
    boolean answer(
            DirectOperation operation,
            DirectRequest request,
            Authentication caller,
            HttpServletResponse response)
            throws IOException {
        byte[] body;
        try (Surroundings _ = Surroundings.of(request.http(), response, caller)) {
            body = made(operation, request, response);
        } catch (Exception e) {
            // What is wrong with a body is told where it is read again.
            if (operation.hasBody() && !(e instanceof JacksonException)) {
                FailedChange.set(request.http(), e);
            }
            response.reset();
            return false;
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        times.add(operation, response.getStatus(), System.nanoTime() - request.begin());
        return true;
    }

    private byte[] made(
            DirectOperation operation, DirectRequest request, HttpServletResponse response)
            throws Exception {
        request.http()
                .setAttribute(
                        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
                        Map.of("dataset", request.dataset()));
        for (HandlerInterceptor guard : guards) {
            guard.preHandle(request.http(), response, operation.handler());
        }
        ResponseEntity<?> answer = operation.answering().answer(request);
        byte[] body = encoded(answer.getBody());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders()
                .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        SecurityHeaders.all(request.http(), response);
        return body;
    }

    /** By now a change is made: it must not pass for one whose body could not be read. */
    private byte[] encoded(@Nullable Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JacksonException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
