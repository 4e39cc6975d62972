import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a version of an entity says: tags and content, or that the entity is deleted. */
sealed interface State {

    /** The state that a deletion makes. */
    record Deleted() implements State {}

    /**
     * A living state.
     *
     * @param tags the tags
     * @param contentType media type of the content
     * @param content a string of base64, or any other JSON value
     */
    record Living(Set<String> tags, String contentType, Object content) implements State {

        /** Copies the tags; no bytes of content are the same as null. */
        public Living {
            tags = Set.copyOf(tags);
            content = "".equals(content) ? Json.NULL : content;
        }

        /** The body of the request that makes this state. */
        Map<String, Object> body() {
            return Map.of(
                    "tags",
                    List.copyOf(new TreeSet<>(tags)),
                    "contentType",
                    contentType,
                    "content",
                    content);
        }
    }

    /** The state that an answer of the service shows, its content in base64. */
    static State of(Map<String, Object> answer) {
        if ("deleted".equals(answer.get("state"))) {
            return new Deleted();
        }
        String contentType = String.valueOf(answer.get("contentType"));
        String base64 = String.valueOf(answer.get("content"));
        return new Living(tagsOf(answer.get("tags")), contentType, content(contentType, base64));
    }

    /** Tags as an array of JSON says them. */
    static Set<String> tagsOf(Object tags) {
        Set<String> texts = new TreeSet<>();
        for (Object tag : (List<?>) tags) {
            if (!(tag instanceof String text)) {
                throw new IllegalArgumentException("a tag is no string: " + tag);
            }
            texts.add(text);
        }
        return texts;
    }

    /** The service keeps JSON values as text, and a string of base64 as the bytes it stands for. */
    private static Object content(String contentType, String base64) {
        if (base64.isEmpty() || !contentType.endsWith("json")) {
            return base64;
        }
        Object value =
                Json.read(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        return value instanceof String || value == Json.NULL ? base64 : value;
    }
}
