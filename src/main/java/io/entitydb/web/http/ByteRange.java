package io.entitydb.web.http;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a content. <b>Source:</b> RFC 9110, section 14.
 *
 * @param first the first byte, from 0
 * @param length how many; 0 if the part that was asked for lies outside of the content
 */
public record ByteRange(long first, long length) {

    private static final ByteRange OUTSIDE = new ByteRange(0, 0);
    private static final Pattern SINGLE =
            Pattern.compile("(?i:bytes)=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*");

    /** Longer numbers lie behind the end of any content. */
    private static final int MAX_DIGITS = 18;

    /**
     * The part that a header asks for.
     *
     * @param header the value of {@code Range}
     * @param size bytes of the whole
     * @return null if the whole is to be sent: for another unit, several ranges, or what is none
     */
    public static @Nullable ByteRange parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches()) {
            return null;
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : suffix(number(last), size);
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            return null;
        }
        return from < size ? new ByteRange(from, Math.min(to, size - 1) - from + 1) : OUTSIDE;
    }

    /** Whether nothing of it is there. */
    public boolean isOutside() {
        return length == 0;
    }

    /** The value of {@code Content-Range}. */
    public String contentRange(long size) {
        return isOutside()
                ? "bytes */" + size
                : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }

    /** The last bytes. An empty content is its own end, and sent as a whole. */
    private static @Nullable ByteRange suffix(long length, long size) {
        if (length == 0) {
            return OUTSIDE;
        }
        return size == 0 ? null : new ByteRange(Math.max(0, size - length), Math.min(length, size));
    }

    private static long number(String digits) {
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
