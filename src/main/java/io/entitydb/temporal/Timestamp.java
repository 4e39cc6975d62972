package io.entitydb.temporal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
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

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int LENGTH = "1970-01-01T00:00:00.000000000Z".length();

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
        long second = epochNanos / NANOS_PER_SECOND;
        LocalDate day = LocalDate.ofEpochDay(second / SECONDS_PER_DAY);
        int ofDay = (int) (second % SECONDS_PER_DAY);
        byte[] text = new byte[LENGTH];
        put(text, 0, 4, day.getYear());
        text[4] = '-';
        put(text, 5, 2, day.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, day.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, ofDay / 3600);
        text[13] = ':';
        put(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        put(text, 17, 2, ofDay % 60);
        text[19] = '.';
        put(text, 20, 9, (int) (epochNanos % NANOS_PER_SECOND));
        text[29] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** By hand: each entity in an answer has two of these. */
    private static void put(byte[] text, int offset, int digits, int number) {
        int rest = number;
        for (int i = offset + digits - 1; i >= offset; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
