package io.entitydb.web.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives the same number to JSON values that are equal, and to no others, so that values of any size
 * are compared in no time. Each value is looked at once.
 *
 * <p>Objects are equal whatever the order of their members. Numbers are equal if they are written
 * with the same digits: 1.0 is not 1.00, because a patch shall bring back every digit.
 */
final class ValueNumbers {

    private final IdentityHashMap<JsonNode, Integer> known = new IdentityHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of a value. */
    int of(JsonNode value) {
        @Nullable Integer number = known.get(value);
        if (number == null) {
            number = numbers.computeIfAbsent(shape(value), shape -> numbers.size());
            known.put(value, number);
        }
        return number;
    }

    /**
     * What tells a value from all others, its parts by their numbers. A text, because a table of
     * texts stays fast also where somebody chose them so that their hashes collide.
     */
    private String shape(JsonNode value) {
        StringBuilder shape = new StringBuilder();
        switch (value) {
            case ObjectNode object -> {
                SortedMap<String, JsonNode> members = new TreeMap<>();
                object.properties().forEach(e -> members.put(e.getKey(), e.getValue()));
                shape.append('{');
                members.forEach(
                        (name, member) ->
                                shape.append(name.length())
                                        .append(':')
                                        .append(name)
                                        .append(of(member))
                                        .append(','));
            }
            case ArrayNode array -> {
                shape.append('[');
                array.forEach(element -> shape.append(of(element)).append(','));
            }
            default -> shape.append(value.getNodeType()).append(value);
        }
        return shape.toString();
    }
}
