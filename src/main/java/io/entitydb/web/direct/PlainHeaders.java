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

    private static final Set<String> JSON = Set.of(MediaType.APPLICATION_JSON_VALUE);
    private static final Set<String> ANY_OR_JSON =
            Set.of(MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE);

    /** Longest body that is held in memory twice. */
    private static final int MAX_BODY = 64 * 1024;

    private final long maxBody;

    /**
     * Looks at requests.
     *
     * @param maxBody bytes of the longest body that is allowed at all
     */
    PlainHeaders(long maxBody) {
        this.maxBody = Math.min(maxBody, MAX_BODY);
    }

    /**
     * Whether a request has no other headers; one with a body says that it is JSON, and how long,
     * which is not much.
     */
    boolean areAll(HttpServletRequest request, boolean hasBody) {
        long length = request.getContentLengthLong();
        boolean isLengthPlain = hasBody ? length > 0 && length <= maxBody : length <= 0;
        boolean isTypePlain = !hasBody;
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement().toLowerCase(Locale.ROOT);
            if (name.equals(ACCEPT)) {
                if (!isOnly(request, HttpHeaders.ACCEPT, ANY_OR_JSON)) {
                    return false;
                }
            } else if (name.equals(CONTENT_TYPE)) {
                if (!isOnly(request, HttpHeaders.CONTENT_TYPE, JSON)) {
                    return false;
                }
                isTypePlain = true;
            } else if (!WITHOUT_MEANING.contains(name)) {
                return false;
            }
        }
        return isLengthPlain && isTypePlain;
    }

    private static boolean isOnly(HttpServletRequest request, String header, Set<String> expected) {
        Enumeration<String> values = request.getHeaders(header);
        return expected.contains(values.nextElement()) && !values.hasMoreElements();
    }
}
