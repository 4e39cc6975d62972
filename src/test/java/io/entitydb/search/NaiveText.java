package io.entitydb.search;

import io.entitydb.entity.Content;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks for words by taking a whole content apart; knows letters and digits only. */
final class NaiveText {

    private NaiveText() {}

    /** Whether some text of a content holds words one after the other. */
    static boolean holds(Content content, String words, boolean isBeginning) {
        List<String> wanted = words(words);
        return texts(content).stream().anyMatch(text -> holds(words(text), wanted, isBeginning));
    }

    private static boolean holds(List<String> words, List<String> wanted, boolean isBeginning) {
        for (int at = 0; at + wanted.size() <= words.size(); at++) {
            List<String> there = words.subList(at, at + wanted.size());
            if (there.equals(wanted)
                    || (isBeginning && there.getFirst().startsWith(wanted.getFirst()))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> texts(Content content) {
        String text = new String(content.bytes(), StandardCharsets.UTF_8);
        return switch (content.mediaType()) {
            case "text/plain" -> List.of(text);
            case "application/json" -> strings(JsonMapper.shared().readTree(text));
            default -> List.of();
        };
    }

    private static List<String> strings(JsonNode node) {
        if (node.isString()) {
            return List.of(node.stringValue());
        }
        List<String> strings = new ArrayList<>();
        node.forEach(part -> strings.addAll(strings(part)));
        return strings;
    }
}
