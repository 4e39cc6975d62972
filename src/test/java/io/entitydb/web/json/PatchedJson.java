package io.entitydb.web.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies JSON Patches as RFC 6902 says, knowing nothing of how they are made. */
final class PatchedJson {

    private JsonNode root;

    private PatchedJson(JsonNode root) {
        this.root = root;
    }

    /**
     * A value after the operations of a patch.
     *
     * @throws IllegalArgumentException if an operation does not fit the value
     */
    static JsonNode of(JsonNode value, JsonNode patch) {
        PatchedJson patched = new PatchedJson(value.deepCopy());
        patch.forEach(patched::apply);
        return patched.root;
    }

    private void apply(JsonNode operation) {
        String op = operation.path("op").stringValue();
        String path = operation.path("path").stringValue();
        require(op.equals("remove") != operation.has("value"), "value of " + operation);
        if (path.isEmpty()) {
            require(op.equals("replace"), op + " of the whole");
            root = operation.path("value");
            return;
        }
        require(path.startsWith("/"), path);
        int slash = path.lastIndexOf('/');
        JsonNode parent = resolve(path.substring(0, slash));
        String last = unescape(path.substring(slash + 1));
        switch (parent) {
            case ObjectNode object -> applyTo(object, op, last, operation.get("value"));
            case ArrayNode array -> applyTo(array, op, last, operation.get("value"));
            default -> throw new IllegalArgumentException("no container at " + path);
        }
    }

    private JsonNode resolve(String pointer) {
        JsonNode at = root;
        if (pointer.isEmpty()) {
            return at;
        }
        for (String token : pointer.substring(1).split("/", -1)) {
            JsonNode next =
                    at instanceof ArrayNode array
                            ? array.get(index(token, array.size() - 1))
                            : at.get(unescape(token));
            require(next != null, "nothing at " + pointer);
            at = next;
        }
        return at;
    }

    private static void applyTo(ObjectNode object, String op, String name, JsonNode value) {
        require(op.equals("add") || object.has(name), op + " of missing " + name);
        if (op.equals("remove")) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private static void applyTo(ArrayNode array, String op, String token, JsonNode value) {
        int index = index(token, op.equals("add") ? array.size() : array.size() - 1);
        switch (op) {
            case "add" -> array.insert(index, value);
            case "remove" -> array.remove(index);
            case "replace" -> array.set(index, value);
            default -> throw new IllegalArgumentException(op);
        }
    }

    private static int index(String token, int highest) {
        require(token.matches("0|[1-9][0-9]*"), "index " + token);
        int index = Integer.parseInt(token);
        require(index <= highest, "index " + token);
        return index;
    }

    private static String unescape(String token) {
        require(!token.matches(".*~([^01].*|)"), token);
        return token.replace("~1", "/").replace("~0", "~");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
