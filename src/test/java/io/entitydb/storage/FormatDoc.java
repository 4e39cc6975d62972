package io.entitydb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of FORMAT.md that describe layout classes.
 *
 * @param sections the sections whose heading names a class, in the order of the page
 */
record FormatDoc(List<Section> sections) {

    private static final Pattern HEADING = Pattern.compile("#+ .*?(?:\\(`(\\w+)`\\))?");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]+");
    private static final List<String> LAYOUT = List.of("offset", "size", "type", "name", "meaning");
    private static final List<String> CONSTANTS = List.of("constant", "value", "meaning");

    FormatDoc {
        sections = List.copyOf(sections);
    }

    /** Reads a page. */
    static FormatDoc parse(String markdown) {
        List<Section> sections = new ArrayList<>();
        Optional<Section> section = Optional.empty();
        List<String> columns = List.of();
        for (String line : markdown.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                section = Optional.ofNullable(heading.group(1)).map(Section::of);
                section.ifPresent(sections::add);
            }
            List<String> cells = cells(line);
            if (columns.isEmpty()) {
                columns = cells;
                if (columns.equals(LAYOUT)) {
                    section.ifPresent(Section::beginTable);
                }
            } else {
                section.ifPresent(new Line(columns, cells)::addTo);
                columns = cells.isEmpty() ? List.of() : columns;
            }
        }
        return new FormatDoc(sections);
    }

    private static List<String> cells(String line) {
        return line.startsWith("|")
                ? Stream.of(line.substring(1).split("\\|")).map(String::strip).toList()
                : List.of();
    }

    /**
     * A section about one class.
     *
     * @param className its simple name
     * @param tables its layout tables; only rows with a fixed offset
     * @param constants its other constants
     */
    record Section(String className, List<List<Row>> tables, List<Constant> constants) {

        private static Section of(String className) {
            return new Section(className, new ArrayList<>(), new ArrayList<>());
        }

        private void beginTable() {
            tables.add(new ArrayList<>());
        }

        /** The rows of all its tables. */
        List<Row> rows() {
            return tables.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * A field at a fixed offset.
     *
     * @param offset its first byte
     * @param size its length in bytes, as it is written
     * @param name in camel case
     */
    record Row(long offset, String size, String name) {

        /** The name of its constant. */
        String constant() {
            return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
        }

        /** Where the next field begins; empty behind a field of variable length. */
        Optional<Long> end() {
            return NUMBER.matcher(size).matches()
                    ? Optional.of(offset + Long.decode(size))
                    : Optional.empty();
        }
    }

    /**
     * A constant that is no offset.
     *
     * @param name as in the class
     * @param value what it should be
     */
    record Constant(String name, long value) {}

    private record Line(List<String> columns, List<String> cells) {

        private void addTo(Section section) {
            if (columns.equals(LAYOUT) && startsWithNumber(0)) {
                section.tables()
                        .getLast()
                        .add(
                                new Row(
                                        Long.decode(cells.getFirst()),
                                        cells.get(1),
                                        cells.get(3).replace("`", "")));
            }
            if (columns.equals(CONSTANTS) && startsWithNumber(1)) {
                section.constants()
                        .add(
                                new Constant(
                                        cells.getFirst().replace("`", ""),
                                        Long.decode(cells.get(1))));
            }
        }

        private boolean startsWithNumber(int column) {
            return cells.size() == columns.size() && NUMBER.matcher(cells.get(column)).matches();
        }
    }
}
