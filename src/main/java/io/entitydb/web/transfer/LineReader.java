package io.entitydb.web.transfer;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines, one at a time. Memory: one line of the greatest length, whatever comes; of a longer
 * one nothing is kept. Used by one thread.
 */
final class LineReader {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;

    /**
     * A reader of a stream.
     *
     * @param maxBytes longest line, without its end
     */
    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next line, of which the last needs no end.
     *
     * @return null at the end
     * @throws IOException if the stream breaks off; the line that it broke is not given
     */
    @Nullable Line next() throws IOException {
        if (position == limit && !fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        do {
            int end = endOfLine();
            isTooLong |= line.size() + (end - position) > maxBytes;
            if (!isTooLong) {
                line.write(buffer, position, end - position);
            }
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        } while (fill());
        return isTooLong ? new Line(number, maxBytes + 1, null) : lineOf(line);
    }

    private Line lineOf(ByteArrayOutputStream bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            return new Line(number, bytes.size(), text);
        } catch (CharacterCodingException e) {
            return new Line(number, bytes.size(), null);
        }
    }

    private int endOfLine() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    /**
     * A line.
     *
     * @param number 1 for the first
     * @param bytes its length; more than allowed where it is too long
     * @param text null if it is too long, or not UTF-8
     */
    record Line(long number, int bytes, @Nullable String text) {

        /** Whether there is nothing on it. */
        boolean isBlank() {
            return text != null && text.isBlank();
        }
    }
}
