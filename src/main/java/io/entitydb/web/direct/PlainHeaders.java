package io.entitydb.web.direct;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/**
 * Tells requests whose headers change nothing of their answers. Whatever is not known here may mean
 * something to somebody, and takes the way where it is heeded.
 */
final class PlainHeaders {

    private static final String ACCEPT = "accept";
    private static final String CONTENT_TYPE = "content-type";

    /** Mean nothing to an answer, or are looked at by the server before. */
    private static final Set<String> WITHOUT_MEANING =
            Set.of(
                    "host",
                    "connection",
                    "keep-alive",
                    "user-agent",
                    "authorization",
                    "content-length",
                    "accept-encoding",
                    "accept-language",
                    "cache-control",
                    "pragma",
                    "cookie",
                    "dnt",
                    "referer",
                    "te",
                    "priority",
                    "traceparent",
                    "tracestate",
                    "upgrade",
                    "http2-settings",
                    "via",
                    "forwarded",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-port",
                    "x-forwarded-proto",
                    "x-real-ip",
                    "x-request-id");

    private static final Set<String> ANY_OR_JSON =
            Set.of(MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE);

    private PlainHeaders() {}

    /** Whether a request has no other headers; one with a body says that it is JSON. */
    static boolean areAll(HttpServletRequest request, boolean hasBody) {
        boolean isAsExpected = !hasBody;
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement().toLowerCase(Locale.ROOT);
            if (name.equals(ACCEPT)) {
                if (!isOnly(request, HttpHeaders.ACCEPT, ANY_OR_JSON)) {
                    return false;
                }
            } else if (name.equals(CONTENT_TYPE)) {
                if (!isOnly(request, HttpHeaders.CONTENT_TYPE, ANY_OR_JSON)) {
                    return false;
                }
                isAsExpected = true;
            } else if (!WITHOUT_MEANING.contains(name)) {
                return false;
            }
        }
        return isAsExpected && (hasBody || request.getContentLengthLong() <= 0);
    }

    private static boolean isOnly(HttpServletRequest request, String header, Set<String> expected) {
        Enumeration<String> values = request.getHeaders(header);
        return expected.contains(values.nextElement()) && !values.hasMoreElements();
    }
}
