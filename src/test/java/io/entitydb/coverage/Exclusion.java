package io.entitydb.coverage;

import java.util.List;
import java.util.Locale;

/**
 * A line of which some branches need no test.
 *
 * <p><b>Shape</b> of a line of the list: file, text of the source line, number of branches and
 * reason, parted by {@code " | "}; empty lines and those that begin with {@code #} say nothing.
 *
 * @param file name below the source directory, with slashes
 * @param text the source line, without the white space around it
 * @param branches that are not taken, on all lines of the file with this text
 * @param reason why
 */
record Exclusion(String file, String text, int branches, String reason) {

    private static final String SEPARATOR = " | ";
    private static final int PARTS = 4;

    /** Reads the list. */
    static List<Exclusion> parse(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Exclusion::parseLine)
                .toList();
    }

    /** The source line may hold the separator; the parts around it do not. */
    private static Exclusion parseLine(String line) {
        int first = line.indexOf(SEPARATOR);
        int last = line.lastIndexOf(SEPARATOR);
        int middle = last < 0 ? -1 : line.lastIndexOf(SEPARATOR, last - 1);
        if (first < 0 || middle <= first || line.endsWith(SEPARATOR.stripTrailing())) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d parts expected: %s", PARTS, line));
        }
        return new Exclusion(
                line.substring(0, first).strip(),
                line.substring(first + SEPARATOR.length(), middle).strip(),
                Integer.parseInt(line.substring(middle + SEPARATOR.length(), last).strip()),
                line.substring(last + SEPARATOR.length()).strip());
    }
}
