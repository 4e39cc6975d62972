import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the lines of a file are. */
enum Shape {
    /** Each line an entity as it shall be: {@code id}, {@code tags}, {@code contentType}, … */
    ENTITIES {
        private static final Set<String> MEMBERS = Set.of("id", "tags", "contentType", "content");

        @Override
        String idOf(Map<String, Object> line) {
            return text(line, "id");
        }

        @Override
        State stateOf(Map<String, Object> line) {
            for (String member : line.keySet()) {
                if (!MEMBERS.contains(member)) {
                    throw new IllegalArgumentException("unknown member " + member);
                }
            }
            Object tags = line.getOrDefault("tags", List.of());
            if (!(tags instanceof List)) {
                throw new IllegalArgumentException("member tags is no array");
            }
            if (!line.containsKey("content")) {
                throw new IllegalArgumentException("member content is missing");
            }
            String contentType = line.containsKey("contentType") ? text(line, "contentType") : JSON;
            return new State.Living(State.tagsOf(tags), contentType, line.get("content"));
        }
    },
    /** Each line a change to a file: {@code path}, {@code change}, … */
    HISTORY {
        @Override
        String idOf(Map<String, Object> line) {
            return text(line, "path");
        }

        @Override
        State stateOf(Map<String, Object> line) {
            String change = text(line, "change");
            return switch (change) {
                case "create", "update" ->
                        new State.Living(tags(text(line, "path"), change), JSON, content(line));
                case "delete" -> new State.Deleted();
                default ->
                        throw new IllegalArgumentException(
                                "change is create, update or delete, not " + change);
            };
        }

        private static Set<String> tags(String path, String change) {
            Set<String> tags = new TreeSet<>(Set.of("type:file", "change:" + change));
            String name = path.substring(path.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            if (dot > 0 && dot < name.length() - 1) {
                tags.add("extension:" + name.substring(dot + 1));
            }
            return tags;
        }

        private static Map<String, Object> content(Map<String, Object> line) {
            Map<String, Object> content = new LinkedHashMap<>();
            for (String member : List.of("commit", "at", "added", "removed")) {
                content.put(member, line.getOrDefault(member, Json.NULL));
            }
            return content;
        }
    };

    private static final String JSON = "application/json";

    /** The entity that a line is about. */
    abstract String idOf(Map<String, Object> line);

    /** What the line makes of the entity. */
    abstract State stateOf(Map<String, Object> line);

    private static String text(Map<String, Object> line, String member) {
        if (line.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("member " + member + " is missing or no string");
    }
}
