package io.entitydb.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class JsonDiffTests {

    private static final int ROUNDS = 4_000;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /** The patch as it is sent. */
    private static JsonNode patch(JsonNode from, JsonNode to) {
        return JSON.readTree(JSON.writeValueAsString(JsonDiff.between(from, to)));
    }

    /** The text of a value with its members in order: numbers as they are written. */
    private static String text(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                Map<String, String> members = new TreeMap<>();
                object.properties().forEach(m -> members.put(m.getKey(), text(m.getValue())));
                yield members.toString();
            }
            case ArrayNode array -> array.valueStream().map(JsonDiffTests::text).toList() + "";
            default -> value.toString();
        };
    }

    private static void assertMakes(JsonNode from, JsonNode to, String about) {
        String before = from.toString();
        JsonNode patched = PatchedJson.of(from, patch(from, to));

        assertThat(text(patched)).as(about).isEqualTo(text(to));
        assertThat(from.toString()).as(about).isEqualTo(before);
    }

    @Test
    void patchOfAnyTwoValuesMakesTheSecondOutOfTheFirst() {
        long seed = new SecureRandom().nextLong();
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random);
        int changed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            JsonNode from = JSON.readTree(json.value(4).toString());
            JsonNode made = random.nextInt(4) == 0 ? json.value(4) : json.changed(from);
            JsonNode to = JSON.readTree(made.toString());

            assertMakes(from, to, "seed " + seed + " round " + i + ": " + from + " to " + to);
            changed += text(from).equals(text(to)) ? 0 : 1;
            assertThat(JsonDiff.between(from, to).isEmpty())
                    .as("seed " + seed + " round " + i)
                    .isEqualTo(text(from).equals(text(to)));
        }
        assertThat(changed).isGreaterThan(ROUNDS / 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1};                 {\"a\":1};             []",
                "{\"a\":1,\"b\":2};         {\"b\":2,\"a\":1};     []",
                "{\"a\":1};  {\"a\":2};  [{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]",
                "{\"a\":1};  {};         [{\"op\":\"remove\",\"path\":\"/a\"}]",
                "{};  {\"a\":null};  [{\"op\":\"add\",\"path\":\"/a\",\"value\":null}]",
                "{\"a/b\":{\"m~n\":1}}; {\"a/b\":{\"m~n\":2}};"
                        + " [{\"op\":\"replace\",\"path\":\"/a~1b/m~0n\",\"value\":2}]",
                "[1.0];  [1.00];  [{\"op\":\"replace\",\"path\":\"/0\",\"value\":1.00}]",
                "[1,2,3];  [1,3];  [{\"op\":\"remove\",\"path\":\"/1\"}]",
                "[1,2];  [0,1,2];  [{\"op\":\"add\",\"path\":\"/0\",\"value\":0}]",
                "[1,2,3,4];  [1,3,5,4];  [{\"op\":\"remove\",\"path\":\"/1\"},"
                        + "{\"op\":\"add\",\"path\":\"/2\",\"value\":5}]",
                "[{\"a\":1,\"b\":2}];  [{\"a\":1,\"b\":3}];"
                        + " [{\"op\":\"replace\",\"path\":\"/0/b\",\"value\":3}]",
                "[];  {};  [{\"op\":\"replace\",\"path\":\"\",\"value\":{}}]",
                "{\"\":1};  {\"\":2};  [{\"op\":\"replace\",\"path\":\"/\",\"value\":2}]",
                "\"x\";  null;  [{\"op\":\"replace\",\"path\":\"\",\"value\":null}]"
            })
    void patchesAreSmall(String from, String to, String patch) {
        assertThat(patch(JSON.readTree(from), JSON.readTree(to)).toString())
                .isEqualTo(JSON.readTree(patch).toString());
    }

    @Test
    void arraysTooLargeForATableAreComparedAllTheSame() {
        ArrayNode from = JSON.createArrayNode();
        ArrayNode to = JSON.createArrayNode();
        for (int i = 0; i < 4_000; i++) {
            from.add(i);
            to.add(i % 3 == 0 ? -i : i + 1);
        }

        assertMakes(from, to, "large arrays");
    }

    @Test
    void patchesThatGetTooLongReplaceTheWhole() {
        ObjectNode wide = JSON.createObjectNode();
        for (int i = 0; i < 10_001; i++) {
            wide.put("n" + i, i);
        }
        ObjectNode wideToo = wide.deepCopy();
        wide.propertyNames().forEach(member -> wideToo.put(member, -1));
        String name = "x".repeat(2_000);
        ArrayNode many = JSON.createArrayNode();
        ArrayNode manyToo = JSON.createArrayNode();
        for (int i = 0; i < 600; i++) {
            many.add(i);
            manyToo.add("" + i);
        }
        JsonNode deep = JSON.createObjectNode().set(name, many);
        JsonNode deepToo = JSON.createObjectNode().set(name, manyToo);

        for (List<JsonNode> pair :
                List.of(List.<JsonNode>of(wide, wideToo), List.of(deep, deepToo))) {
            List<PatchOperation> patch = JsonDiff.between(pair.getFirst(), pair.getLast());

            assertThat(patch).containsExactly(PatchOperation.replace("", pair.getLast()));
        }
    }
}
