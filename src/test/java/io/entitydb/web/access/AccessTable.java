package io.entitydb.web.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who may make which request, as the file says it.
 *
 * @param callers who asks, in the order of the columns
 * @param rows for each operation what each of them meets
 */
record AccessTable(List<String> callers, Map<String, List<AccessTable.Door>> rows) {

    private static final Path FILE = Path.of("src/test/resources/web/security-matrix.txt");

    /** What a caller meets. */
    enum Door {
        /** The request reaches its operation. */
        YES,
        /** The caller is unknown: 401. */
        UNKNOWN,
        /** The caller is known, and may not: 403. */
        NO
    }

    /** The table of the file. */
    static AccessTable read() throws IOException {
        List<List<String>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(FILE, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
            }
        }
        Map<String, List<Door>> rows = new LinkedHashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            List<Door> doors =
                    line.subList(1, line.size()).stream().map(AccessTable::door).toList();
            if (rows.put(line.getFirst(), doors) != null) {
                throw new IllegalStateException(line.getFirst() + " stands there twice");
            }
        }
        return new AccessTable(lines.getFirst().subList(1, lines.getFirst().size()), rows);
    }

    private static Door door(String text) {
        return switch (text) {
            case "yes" -> Door.YES;
            case "401" -> Door.UNKNOWN;
            case "403" -> Door.NO;
            default -> throw new IllegalStateException("a door is yes, 401 or 403: " + text);
        };
    }

    Door door(String operation, String caller) {
        return Objects.requireNonNull(rows.get(operation), operation).get(callers.indexOf(caller));
    }

    /**
     * The table for readers.
     *
     * @param rights what each operation asks for
     */
    String toMarkdown(Map<String, String> rights) {
        StringBuilder text = new StringBuilder();
        text.append("# Who gets in\n\n")
                .append(
                        "Each operation of the OpenAPI document, and each management endpoint, with who")
                .append(
                        " reaches it. `AccessMatrixIT` makes every one of these requests and compares;\n")
                .append(
                        "it is also what writes this file, from `security-matrix.txt` among the tests.\n\n")
                .append(
                        "- **none**: a user without any permission. **viewer**, **editor**, **admin**: the")
                .append(" roles. **elsewhere**: may do everything in one other dataset.\n")
                .append(
                        "- **yes**: the operation is reached, and tells no more than the caller may view.")
                .append(" **401**: who asks is unknown. **403**: it is refused, with the\n")
                .append("  same bytes whether what it names exists or not.\n\n");
        text.append("| operation | permissions | ")
                .append(String.join(" | ", callers))
                .append(" |\n");
        text.append("|---|---|").append("---|".repeat(callers.size())).append('\n');
        rows.forEach(
                (operation, doors) -> {
                    text.append("| `").append(operation).append("` | ");
                    text.append(rights.getOrDefault(operation, "")).append(" |");
                    doors.forEach(door -> text.append(' ').append(word(door)).append(" |"));
                    text.append('\n');
                });
        return text.toString();
    }

    private static String word(Door door) {
        return switch (door) {
            case YES -> "yes";
            case UNKNOWN -> "401";
            case NO -> "403";
        };
    }
}
