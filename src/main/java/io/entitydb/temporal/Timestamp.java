package io.entitydb.temporal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An instant on the UTC time line, exact to the nanosecond.
 *
 * <p><b>Units:</b> nanoseconds since 1970-01-01T00:00Z; never negative, so the last instant that
 * can be told is 2262-04-11T23:47:16.854775807Z.
 *
 * @param epochNanos nanoseconds since 1970-01-01T00:00Z
 */
public record Timestamp(long epochNanos) implements Comparable<Timestamp> {

    /** The last instant that can be told; stands for a commit time that is not known yet. */
    public static final Timestamp MAX = new Timestamp(Long.MAX_VALUE);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true)
                    .appendLiteral('Z')
                    .toFormatter(Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** The JDK's ISO 8601 parser alone takes more: no seconds, long years, offsets of hours. */
    private static final Pattern RFC_3339_SHAPE =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    /** Refuses instants before 1970. */
    public Timestamp {
        if (epochNanos < 0) {
            throw new IllegalArgumentException("timestamp before 1970: " + epochNanos + " ns");
        }
    }

    /**
     * The timestamp of an instant.
     *
     * @throws IllegalArgumentException if the instant lies before 1970 or after 2262-04-11
     */
    public static Timestamp of(Instant instant) {
        try {
            return new Timestamp(
                    Math.addExact(
                            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND),
                            instant.getNano()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("instant out of range: " + instant, e);
        }
    }

    /**
     * Reads an RFC 3339 date-time with any offset and up to nine digits of a second's fraction. A
     * leap second is refused: the time line has none.
     *
     * @throws IllegalArgumentException if the text is no such date-time, or out of range
     */
    public static Timestamp parse(String text) {
        if (!RFC_3339_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("not an RFC 3339 date-time: " + text);
        }
        try {
            return of(
                    OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not an RFC 3339 date-time: " + text, e);
        }
    }

    /** The same moment as the JDK's type. */
    public Instant toInstant() {
        return Instant.ofEpochSecond(epochNanos / NANOS_PER_SECOND, epochNanos % NANOS_PER_SECOND);
    }

    /** Whether this instant is later than the other. */
    public boolean isAfter(Timestamp other) {
        return epochNanos > other.epochNanos;
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compare(epochNanos, other.epochNanos);
    }

    /** RFC 3339 in UTC with exactly nine digits of a second's fraction: it sorts as it is. */
    @Override
    public String toString() {
        return RFC_3339.format(toInstant());
    }
}
