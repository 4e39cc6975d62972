package io.entitydb.web.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * The JSON Patch that makes one JSON value out of another. <b>Source:</b> RFC 6902.
 *
 * <p>Applied to the first value, the patch gives the second, numbers with every digit; only the
 * order of members is not told. Members and elements that both have stay. The patch is not always
 * the shortest one, and where it would get too long it replaces the whole value.
 */
public final class JsonDiff {

    private static final int MAX_OPERATIONS = 10_000;

    /** Characters of all pointers together: long names above many changes make long patches. */
    private static final int MAX_POINTER_CHARACTERS = 1_000_000;

    private final ValueNumbers numbers = new ValueNumbers();
    private final CommonElements common = new CommonElements();
    private final List<PatchOperation> operations = new ArrayList<>();
    private final StringBuilder path = new StringBuilder();
    private int pointerCharacters;
    private boolean isTooLong;

    private JsonDiff() {}

    /** The operations, in order; none if the values are equal. */
    public static List<PatchOperation> between(JsonNode from, JsonNode to) {
        JsonDiff diff = new JsonDiff();
        diff.compare(from, to);
        return diff.isTooLong
                ? List.of(PatchOperation.replace("", to))
                : List.copyOf(diff.operations);
    }

    private void compare(JsonNode from, JsonNode to) {
        if (isTooLong || numbers.of(from) == numbers.of(to)) {
            return;
        }
        if (from instanceof ObjectNode before && to instanceof ObjectNode after) {
            compareObjects(before, after);
        } else if (from instanceof ArrayNode before && to instanceof ArrayNode after) {
            compareArrays(before, after);
        } else {
            add(PatchOperation.replace(path.toString(), to));
        }
    }

    private void compareObjects(ObjectNode from, ObjectNode to) {
        for (String name : from.propertyNames()) {
            if (!to.has(name)) {
                within(name, () -> add(PatchOperation.remove(path.toString())));
            }
        }
        for (var member : to.properties()) {
            JsonNode before = from.get(member.getKey());
            JsonNode after = member.getValue();
            if (before == null) {
                within(member.getKey(), () -> add(PatchOperation.add(path.toString(), after)));
            } else {
                within(member.getKey(), () -> compare(before, after));
            }
        }
    }

    private void compareArrays(ArrayNode from, ArrayNode to) {
        int nextFrom = 0;
        int nextTo = 0;
        for (CommonElements.Pair pair : common.of(numbers(from), numbers(to))) {
            compareParts(new Part(from, nextFrom, pair.from()), new Part(to, nextTo, pair.to()));
            nextFrom = pair.from() + 1;
            nextTo = pair.to() + 1;
        }
        compareParts(new Part(from, nextFrom, from.size()), new Part(to, nextTo, to.size()));
    }

    /** Elements of an array, from the first index to before the end. */
    private record Part(ArrayNode array, int first, int end) {

        private int size() {
            return end - first;
        }

        private JsonNode get(int index) {
            return array.get(first + index);
        }
    }

    /**
     * Parts of two arrays that have nothing in common. All before is as in the second array
     * already, so that its indexes are those of the array that is being changed.
     */
    private void compareParts(Part from, Part to) {
        int both = Math.min(from.size(), to.size());
        for (int i = 0; i < both; i++) {
            JsonNode before = from.get(i);
            JsonNode after = to.get(i);
            within(Integer.toString(to.first() + i), () -> compare(before, after));
        }
        for (int i = both; i < from.size(); i++) {
            within(
                    Integer.toString(to.first() + both),
                    () -> add(PatchOperation.remove(path.toString())));
        }
        for (int i = both; i < to.size(); i++) {
            JsonNode added = to.get(i);
            within(
                    Integer.toString(to.first() + i),
                    () -> add(PatchOperation.add(path.toString(), added)));
        }
    }

    private int[] numbers(ArrayNode array) {
        int[] all = new int[array.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers.of(array.get(i));
        }
        return all;
    }

    private void within(String token, Runnable work) {
        if (isTooLong) {
            return;
        }
        int length = path.length();
        path.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        work.run();
        path.setLength(length);
    }

    private void add(PatchOperation operation) {
        pointerCharacters += operation.path().length();
        if (operations.size() == MAX_OPERATIONS || pointerCharacters > MAX_POINTER_CHARACTERS) {
            isTooLong = true;
        } else {
            operations.add(operation);
        }
    }
}
