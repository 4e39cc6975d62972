package io.entitydb.web.http;

import io.entitydb.temporal.Timestamp;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The past state that a request prefers, and datetimes as its headers write them: in GMT, to the
 * second. <b>Source:</b> RFC 7089, section 2.1.1; RFC 9110, section 5.6.7 (IMF-fixdate).
 */
public final class AcceptDatetime {

    /** The name of the header. */
    public static final String NAME = "Accept-Datetime";

    private static final long LAST_NANO_OF_SECOND = 999_999_999;

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .appendPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withZone(ZoneOffset.UTC)
                    .withResolverStyle(ResolverStyle.STRICT);

    private AcceptDatetime() {}

    /**
     * The last instant of the second that a request asks for, so that a version is found under the
     * datetime that it is shown with. Seconds outside of what a {@link Timestamp} can tell become
     * the first or the last one.
     *
     * @return null if the request does not have the header
     * @throws ProblemException if the header has another form, or is there twice
     */
    public static @Nullable Timestamp read(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return null;
        }
        try {
            if (values.size() == 1) {
                return endOfSecond(Instant.from(FORMAT.parse(values.getFirst())));
            }
        } catch (DateTimeException e) {
            // The answer is the same as for several values.
        }
        throw new ProblemException(
                ProblemType.MALFORMED_REQUEST,
                Violation.inHeader(
                        NAME, "one datetime like Mon, 23 Nov 2026 21:06:04 GMT is expected"));
    }

    /** A datetime as headers write it: the second that it lies in. */
    public static String format(Timestamp at) {
        return FORMAT.format(at.toInstant());
    }

    private static Timestamp endOfSecond(Instant second) {
        if (second.getEpochSecond() < 0) {
            return new Timestamp(0);
        }
        try {
            return Timestamp.of(second.plusNanos(LAST_NANO_OF_SECOND));
        } catch (IllegalArgumentException e) {
            return Timestamp.MAX;
        }
    }
}
