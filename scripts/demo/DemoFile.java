import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of lines of JSON.
 *
 * @param path where it is
 * @param shape what its lines are
 * @param lines how many there are
 */
record DemoFile(Path path, Shape shape, long lines) {

    /** Takes what lines say, in their order. */
    interface Sink {

        /** A line that says a change. */
        void change(Change change);

        /** A line that cannot be read. */
        void failure(long line, String why);
    }

    /**
     * Looks at a file.
     *
     * @param shape what its lines are, or null to see it from the first one
     * @throws IllegalArgumentException if that line does not show it
     */
    static DemoFile of(Path path, Shape shape) throws IOException {
        long lines = 0;
        Shape found = shape;
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                if (found == null && !line.isBlank()) {
                    found = detect(line);
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException(path + " is empty");
        }
        return new DemoFile(path, found, lines);
    }

    /** Reads all lines. A line that cannot be read makes no version. */
    void read(Sink sink) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    read(number, line, versions, sink);
                }
            }
        }
    }

    private void read(long number, String line, Map<String, Long> versions, Sink sink) {
        Change change;
        try {
            Map<String, Object> members = object(line);
            String id = shape.idOf(members);
            State state = shape.stateOf(members);
            change = new Change(number, id, versions.merge(id, 1L, Long::sum), state);
        } catch (IllegalArgumentException e) {
            sink.failure(number, e.getMessage());
            return;
        }
        sink.change(change);
    }

    private static Shape detect(String line) {
        Map<String, Object> members = object(line);
        if (members.containsKey("path") && members.containsKey("change")) {
            return Shape.HISTORY;
        }
        if (members.containsKey("id")) {
            return Shape.ENTITIES;
        }
        throw new IllegalArgumentException(
                "the first line shows neither an entity nor a change; say --as");
    }

    @SuppressWarnings("unchecked") // Json.read makes objects of nothing else.
    private static Map<String, Object> object(String line) {
        if (Json.read(line) instanceof Map<?, ?> members) {
            return (Map<String, Object>) members;
        }
        throw new IllegalArgumentException("not a JSON object");
    }
}
