package io.entitydb.web.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Makes JSON values, and changes them a little, with names and numbers that are hard to carry. */
final class RandomJson {

    private static final List<String> NAMES =
            List.of("a", "b", "", "/", "~", "~1", "a/b", "m~n", "0", "-", " ", "ä", "\"", "\n");
    private static final List<String> DECIMALS =
            List.of("1.0", "1.00", "1", "1e400", "-0.10", "12345678901234567890.123456789", "1E-9");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** A value that is at most so deep. */
    JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 6)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2 -> JsonNodeFactory.instance.numberNode(random.nextInt(3));
            case 3 -> JsonNodeFactory.instance.numberNode(new BigInteger(70, random));
            case 4 -> JsonNodeFactory.instance.numberNode(new BigDecimal(pick(DECIMALS)));
            case 5 -> JsonNodeFactory.instance.stringNode(pick(NAMES));
            case 6, 7 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    /** The value with some of its parts changed. */
    JsonNode changed(JsonNode value) {
        if (random.nextInt(6) == 0) {
            return value(2);
        }
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                for (var member : object.properties()) {
                    if (random.nextInt(5) > 0) {
                        copy.set(member.getKey(), changed(member.getValue()));
                    }
                }
                if (random.nextBoolean()) {
                    copy.set(pick(NAMES), value(1));
                }
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                for (JsonNode element : array) {
                    switch (random.nextInt(8)) {
                        case 0 -> {}
                        case 1 -> copy.add(value(1)).add(element);
                        case 2 -> copy.add(changed(element));
                        default -> copy.add(element);
                    }
                }
                yield copy;
            }
            default -> value;
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(8); i > 0; i--) {
            array.add(value(depth));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(pick(NAMES), value(depth));
        }
        return object;
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
