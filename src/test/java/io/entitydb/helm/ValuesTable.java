package io.entitydb.helm;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code values.yaml} says about itself: each value with its default and its comment. */
final class ValuesTable {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");
    private static final Pattern COMMENT = Pattern.compile(" *# -- (.*)");

    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final JsonNode defaults;

    private ValuesTable(String yaml) {
        defaults = Rendered.json(new Yaml().load(yaml));
        Deque<String> path = new ArrayDeque<>();
        String comment = "";
        for (String line : yaml.lines().toList()) {
            Matcher described = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (described.matches()) {
                comment = described.group(1);
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                if (!comment.isEmpty()) {
                    descriptions.put(String.join(".", path), comment);
                    comment = "";
                }
            }
        }
    }

    static ValuesTable of(String yaml) {
        return new ValuesTable(yaml);
    }

    /** The table in the form of Markdown, in the order of the file. */
    String markdown() {
        StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
        descriptions.forEach(
                (path, text) ->
                        table.append("| `%s` | `%s` | %s |%n".formatted(path, value(path), text)));
        return table.toString();
    }

    /** Paths of values that are described. */
    List<String> described() {
        return List.copyOf(descriptions.keySet());
    }

    /** Paths of values that no comment describes, neither theirs nor one of what they are in. */
    List<String> undescribed() {
        List<String> found = new ArrayList<>();
        collect("", defaults, found);
        return found;
    }

    private void collect(String path, JsonNode node, List<String> found) {
        if (descriptions.containsKey(path)) {
            return;
        }
        if (!node.isObject() || node.isEmpty()) {
            found.add(path);
            return;
        }
        node.properties()
                .forEach(
                        field ->
                                collect(
                                        path.isEmpty()
                                                ? field.getKey()
                                                : path + "." + field.getKey(),
                                        field.getValue(),
                                        found));
    }

    private JsonNode value(String path) {
        return defaults.at("/" + path.replace('.', '/'));
    }
}
