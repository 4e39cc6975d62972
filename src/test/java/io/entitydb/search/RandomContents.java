package io.entitydb.search;

import io.entitydb.entity.Content;
import io.entitydb.query.Condition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random contents of few words, and conditions that have something to find in them. */
final class RandomContents {

    /** Some are the beginning of others, and some are equal but for their case. */
    private static final List<String> WORDS =
            List.of("pad", "Pad", "padding", "left", "LEFT", "x", "x1", "caf\u00e9", "\u00dcber");

    private static final List<String> BETWEEN = List.of(" ", "  ", ", ", "\n", " - ", "; ", "! ");

    private final Random random;

    RandomContents(Random random) {
        this.random = random;
    }

    /** A content: text, JSON with strings in many places, or bytes that are neither. */
    Content content() {
        return switch (random.nextInt(4)) {
            case 0 -> Content.EMPTY;
            case 1 -> of("text/plain", text());
            case 2 -> of("application/octet-stream", text());
            default -> of("application/json", json(2));
        };
    }

    private static Content of(String type, String text) {
        return Content.of(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(one(WORDS)).append(one(BETWEEN));
        }
        return text.toString();
    }

    private String json(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> "1234";
            case 1, 2 -> "\"" + text().replace("\n", "\\n") + "\"";
            case 3 -> "[" + json(depth - 1) + ", " + json(depth - 1) + "]";
            default -> "{\"" + one(WORDS) + "\": " + json(depth - 1) + "}";
        };
    }

    /** A word, the beginning of one, or some in a row. */
    Condition condition() {
        return switch (random.nextInt(4)) {
            case 0 -> new Condition.HasText(one(WORDS).substring(0, 1), true);
            case 1 -> new Condition.HasText(one(WORDS), true);
            case 2 -> new Condition.HasText(one(WORDS) + one(BETWEEN) + one(WORDS), false);
            default -> new Condition.HasText(one(WORDS), false);
        };
    }

    private <T> T one(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
