package io.entitydb.web.fuzz;

import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws bodies: the example of an operation, with words that mean something, and then spoiled. */
final class BodyDrawer {

    /** Writes what is nested deeper than the service reads. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamWriteConstraints(
                                            StreamWriteConstraints.builder()
                                                    .maxNestingDepth(5_000)
                                                    .build())
                                    .build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final Vocabulary words;

    BodyDrawer(Random random, Vocabulary words) {
        this.random = random;
        this.words = words;
    }

    /** A body that may well be taken. */
    byte[] meant(JsonNode example) {
        return JSON.writeValueAsBytes(wordsFor(example.deepCopy()));
    }

    /** A body in which something is wrong. */
    byte[] spoiled(JsonNode example) {
        if (random.nextInt(4) == 0) {
            return spoiledText(meant(example));
        }
        JsonNode tree = wordsFor(example.deepCopy());
        for (int i = random.nextInt(3); i >= 0; i--) {
            tree = spoil(tree);
        }
        return JSON.writeValueAsBytes(tree);
    }

    private JsonNode wordsFor(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                if (member.getValue().isString() && random.nextInt(3) > 0) {
                    String before = member.getValue().stringValue();
                    object.put(
                            member.getKey(), words.word(random, member.getKey(), List.of(before)));
                } else {
                    wordsFor(member.getValue());
                }
            }
        } else {
            tree.forEach(this::wordsFor);
        }
        return tree;
    }

    private JsonNode spoil(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        if (containers.isEmpty() || random.nextInt(12) == 0) {
            return hostile();
        }
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> spoil(object);
            case ArrayNode array -> spoil(array);
            default -> throw new IllegalStateException("no container");
        }
        return tree;
    }

    private static void collect(JsonNode tree, List<JsonNode> containers) {
        if (tree.isContainer()) {
            containers.add(tree);
            tree.forEach(child -> collect(child, containers));
        }
    }

    private void spoil(ObjectNode object) {
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(HostileText.any(random), hostile());
            case 2 -> object.set("cursor", NODES.stringNode(cursor()));
            case 3 -> object.put(name, HostileText.any(random));
            default -> object.set(name, hostile());
        }
    }

    private String cursor() {
        String cursor = words.word(random, "cursor", List.of());
        return random.nextBoolean() ? cursor : HostileText.forged(random, cursor);
    }

    private void spoil(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(hostile());
            return;
        }
        int at = random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.remove(at);
            case 1 -> array.add(array.get(at).deepCopy());
            case 2 -> {
                for (int i = random.nextInt(2_000); i >= 0; i--) {
                    array.add(array.get(at).deepCopy());
                }
            }
            default -> array.set(at, hostile());
        }
    }

    private JsonNode hostile() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(9_007_199_254_740_993L);
            case 4 -> NODES.numberNode(BigInteger.TWO.pow(random.nextInt(2_000)));
            case 5 -> NODES.numberNode(new BigDecimal("1e" + random.nextInt(100_000)));
            case 6 -> NODES.numberNode(0.1);
            case 7 -> NODES.objectNode();
            case 8 -> NODES.arrayNode();
            case 9 -> nested(random.nextInt(1_200));
            case 10 -> NODES.objectNode().set(HostileText.any(random), NODES.numberNode(1));
            case 11 -> NODES.arrayNode().add(NODES.arrayNode().add(1)).add("a");
            default -> NODES.stringNode(HostileText.any(random));
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode node = NODES.numberNode(1);
        for (int i = 0; i < depth; i++) {
            node = i % 2 == 0 ? NODES.arrayNode().add(node) : NODES.objectNode().set("a", node);
        }
        return node;
    }

    private byte[] spoiledText(byte[] whole) {
        String text = new String(whole, StandardCharsets.UTF_8);
        int at = random.nextInt(whole.length);
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(whole, at);
            case 1 -> with(whole, at, new byte[] {(byte) (0x80 + random.nextInt(128))});
            case 2 -> with(whole, at, new byte[] {(byte) random.nextInt(32)});
            case 3 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 5 -> text.getBytes(StandardCharsets.UTF_16);
            case 6 -> text.replaceFirst("\"", "\"\\\\ud800").getBytes(StandardCharsets.UTF_8);
            case 7 ->
                    text.replaceFirst("\\{", "{\"a\":1,\"a\":2,").getBytes(StandardCharsets.UTF_8);
            case 8 ->
                    text.replaceFirst(":", ":1e999999999,\"b\":").getBytes(StandardCharsets.UTF_8);
            case 9 -> text.replaceFirst(":", ":NaN,\"b\":").getBytes(StandardCharsets.UTF_8);
            case 10 -> "[".repeat(random.nextInt(5_000)).getBytes(StandardCharsets.UTF_8);
            case 11 -> new byte[0];
            case 12 -> (" ".repeat(ApiFuzzIT.MAX_BODY) + text).getBytes(StandardCharsets.UTF_8);
            default -> "/* a */ {'a': 1,}".getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] with(byte[] whole, int at, byte[] inserted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(whole, 0, at);
        bytes.writeBytes(inserted);
        bytes.write(whole, at, whole.length - at);
        return bytes.toByteArray();
    }
}
