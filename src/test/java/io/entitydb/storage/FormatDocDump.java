package io.entitydb.storage;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hex dump of FORMAT.md: lines of position, bytes, and what they are. Bytes that are not shown
 * are zeros.
 *
 * @param lines the lines, in the order of their positions
 */
record FormatDocDump(List<Line> lines) {

    private static final Pattern LINE =
            Pattern.compile("(\\d{5}) {2}((?:[0-9a-f]{2} ?)+) *(\\w*)(?: .*)?");

    FormatDocDump {
        lines = List.copyOf(lines);
    }

    /**
     * Some bytes.
     *
     * @param position of the first one in the file
     * @param hex the bytes
     * @param name of the field that they are; empty where a line continues the one before
     */
    record Line(int position, String hex, String name) {

        byte[] bytes() {
            return HexFormat.ofDelimiter(" ").parseHex(hex);
        }
    }

    /** Reads the dump of a page. */
    static FormatDocDump parse(String page) {
        List<Line> lines = new ArrayList<>();
        for (String text : page.lines().toList()) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                lines.add(
                        new Line(
                                Integer.parseInt(line.group(1)),
                                line.group(2).strip(),
                                line.group(3)));
            }
        }
        return new FormatDocDump(lines);
    }

    /**
     * The file that the dump shows.
     *
     * @throws IllegalStateException if lines overlap
     */
    byte[] toFile(int size) {
        byte[] file = new byte[size];
        int end = 0;
        for (Line line : lines) {
            if (line.position() < end) {
                throw new IllegalStateException("line " + line.position() + " overlaps");
            }
            byte[] bytes = line.bytes();
            System.arraycopy(bytes, 0, file, line.position(), bytes.length);
            end = line.position() + bytes.length;
        }
        return file;
    }

    /** The name of the line that begins at a position. */
    Optional<String> nameAt(int position) {
        return lines.stream()
                .filter(line -> line.position() == position)
                .map(Line::name)
                .findFirst();
    }
}
