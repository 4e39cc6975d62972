package io.entitydb.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class LineReaderTests {

    private static List<LineReader.Line> read(byte[] bytes, int maxBytes) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes), maxBytes);
        List<LineReader.Line> lines = new ArrayList<>();
        for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static List<LineReader.Line> read(String text, int maxBytes) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), maxBytes);
    }

    @Test
    void linesAreToldInOrderWithTheirNumbers() throws IOException {
        assertThat(read("a\n\nbö\n", 10))
                .containsExactly(
                        new LineReader.Line(1, 1, "a"),
                        new LineReader.Line(2, 0, ""),
                        new LineReader.Line(3, 3, "bö"));
        assertThat(read("", 10)).isEmpty();
        assertThat(read("a", 10)).containsExactly(new LineReader.Line(1, 1, "a"));
    }

    @Test
    void linesMayBeAsLongAsAllowedAndNotLonger() throws IOException {
        assertThat(read("12345\n123456\nx", 5))
                .containsExactly(
                        new LineReader.Line(1, 5, "12345"),
                        new LineReader.Line(2, 6, null),
                        new LineReader.Line(3, 1, "x"));
    }

    @Test
    void linesMayGoOverSeveralReads() throws IOException {
        String line = "x".repeat(200_000);

        assertThat(read(line + "\ny", 200_000))
                .containsExactly(
                        new LineReader.Line(1, 200_000, line), new LineReader.Line(2, 1, "y"));
        assertThat(read(line + "\ny", 199_999))
                .containsExactly(
                        new LineReader.Line(1, 200_000, null), new LineReader.Line(2, 1, "y"));
    }

    @Test
    void whatIsNotUtf8HasNoText() throws IOException {
        byte[] overlong = {(byte) 0xc0, (byte) 0xaf, '\n', 'a'};

        assertThat(read(overlong, 10))
                .containsExactly(new LineReader.Line(1, 2, null), new LineReader.Line(2, 1, "a"));
    }

    /** A gigabyte without an end, through a reader that may keep a kilobyte. */
    @Test
    void aLineWithoutEndTakesNoMemory() throws IOException {
        InputStream endless =
                new InputStream() {
                    private long left = 1L << 30;

                    @Override
                    public int read() {
                        throw new AssertionError("one by one");
                    }

                    @Override
                    public int read(byte[] target, int from, int length) {
                        int read = (int) Math.min(left, length);
                        left -= read;
                        return read == 0 ? -1 : read;
                    }
                };
        LineReader reader = new LineReader(endless, 1024);

        assertThat(reader.next()).isEqualTo(new LineReader.Line(1, 1025, null));
        assertThat(Collections.singletonList(reader.next())).containsOnlyNulls();
    }
}
