package io.entitydb.web.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request as it goes over the wire.
 *
 * @param target of the request line, one byte a character
 * @param headers lines of the head, one byte a character
 * @param body one byte a character
 * @param isMisled whether the path may lead elsewhere than its operation
 * @param mayWait whether the answer may take its time, or never end
 */
record RawRequest(
        String method,
        String target,
        List<String> headers,
        String body,
        boolean isMisled,
        boolean mayWait) {

    /** The bytes on the wire. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        head.append("\r\n");
        head.append(body);
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a person reads it, its beginning only. */
    @Override
    public String toString() {
        byte[] bytes = bytes();
        return new String(
                Arrays.copyOf(bytes, Math.min(bytes.length, 1_200)), StandardCharsets.UTF_8);
    }
}
