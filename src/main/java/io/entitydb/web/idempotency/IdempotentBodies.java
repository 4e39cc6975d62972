package io.entitydb.web.idempotency;

import io.entitydb.entity.Digest;

import jakarta.servlet.http.HttpServletRequest;

import lombok.RequiredArgsConstructor;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

/** Takes the digest of a body that comes with a key. The body is bounded by its own filter. */
@ControllerAdvice
@RequiredArgsConstructor
class IdempotentBodies extends RequestBodyAdviceAdapter {

    /** Spring's stand-in for the request that the present thread works on. */
    private final HttpServletRequest request;

    @Override
    public boolean supports(
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        return parameter.hasMethodAnnotation(Idempotent.class);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        if (!message.getHeaders().containsHeader(IdempotentRequest.HEADER)) {
            return message;
        }
        byte[] body = message.getBody().readAllBytes();
        request.setAttribute(IdempotentRequest.BODY, Digest.sha256(body));
        return new Copy(new ByteArrayInputStream(body), message.getHeaders());
    }

    private record Copy(InputStream body, HttpHeaders headers) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
