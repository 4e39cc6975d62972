package io.entitydb.web.idempotency;

import io.entitydb.entity.Digest;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A request that may have been sent before.
 *
 * @param key names it: the digest of the principal and the key of the client
 * @param fingerprint the digest of all that the answer depends on: method, path, query, media type,
 *     conditions and body
 */
record IdempotentRequest(Digest key, Digest fingerprint) {

    /** The header that carries the key of the client. */
    static final String HEADER = "Idempotency-Key";

    /** Where the digest of the body is kept while a request is worked on. */
    static final String BODY = IdempotentRequest.class.getName() + ".body";

    private static final int MAX_LENGTH = 255;
    private static final List<String> HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);

    /**
     * The key that a request carries; null if it carries none.
     *
     * @throws ProblemException if it has not the shape
     */
    static @Nullable String keyOf(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        if (lines.isEmpty()) {
            return null;
        }
        String key = lines.getFirst();
        boolean isVisible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (lines.size() > 1 || key.isEmpty() || key.length() > MAX_LENGTH || !isVisible) {
            throw refused("a key is 1 to " + MAX_LENGTH + " visible ASCII characters, once");
        }
        return key;
    }

    /** The problem of a key that cannot be taken. */
    static ProblemException refused(String why) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, Violation.inHeader(HEADER, why));
    }

    /** The request of a principal under a key. */
    static IdempotentRequest of(HttpServletRequest request, String key, String principal) {
        MessageDigest name = Digest.newSha256();
        add(name, principal);
        add(name, key);
        MessageDigest content = Digest.newSha256();
        add(content, request.getMethod());
        add(content, request.getRequestURI());
        add(content, Objects.requireNonNullElse(request.getQueryString(), ""));
        for (String header : HEADERS) {
            add(content, String.join(",", Collections.list(request.getHeaders(header))));
        }
        if (request.getAttribute(BODY) instanceof Digest body) {
            body.updateTo(content);
        }
        return new IdempotentRequest(Digest.of(name.digest()), Digest.of(content.digest()));
    }

    /** Each text with its length, so that no two lists of texts look the same. */
    private static void add(MessageDigest function, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        function.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        function.update(bytes);
    }
}
