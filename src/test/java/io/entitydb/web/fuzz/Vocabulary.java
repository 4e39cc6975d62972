package io.entitydb.web.fuzz;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Words that mean something to the service, by the names of parameters and members; it learns. */
final class Vocabulary {

    /** Ids of entities that are written, read, deleted and erased again and again. */
    static final List<String> IDS =
            List.of("left-pad", "left-pad", "left-pad", "a/b", "price-17", "\u00e4 %2F", "none");

    private static final int MAX_LEARNED = 200;

    private static final List<String> POINTS =
            List.of("v:1", "v:2", "v:3", "tx:1", "tx:9", "2026-11-23T09:00:00.000000001Z");
    private static final List<String> TAGS =
            List.of("type:package", "status:draft", "major:1", "major:2", "type:a,b", "major:");
    private static final List<String> VERSIONS =
            List.of("\"1\"", "\"2\"", "\"3\"", "*", "W/\"1\"", "\"1\", \"2\", \"4\"");
    private static final List<String> DATES =
            List.of("Mon, 23 Nov 2026 21:06:04 GMT", "Thu, 01 Jan 2099 00:00:00 GMT");

    private static final Map<String, List<String>> WORDS =
            Map.ofEntries(
                    Map.entry("dataset", List.of("default", "fuzz", "fuzz", "nowhere", "system")),
                    Map.entry("name", List.of("fuzz", "fuzz-2", "packages", "default")),
                    Map.entry("id", IDS),
                    Map.entry("confirm", IDS),
                    Map.entry("version", List.of("1", "2", "3", "5")),
                    Map.entry("transaction", List.of("1", "2", "7", "50", "100000")),
                    Map.entry("operation", List.of("1f0c1c0e-8e3b-4d0c-9b0e-6d7d3a1e2f10")),
                    Map.entry("namespace", List.of("type", "status", "major")),
                    Map.entry("prefix", List.of("type:pack", "major:", "status:d")),
                    Map.entry("tag", TAGS),
                    Map.entry("any", TAGS),
                    Map.entry("all", TAGS),
                    Map.entry("not", TAGS),
                    Map.entry("text", List.of("left pad", "left*", "\"left pad\"", "lef~1")),
                    Map.entry("asOf", POINTS),
                    Map.entry("from", POINTS),
                    Map.entry("to", POINTS),
                    Map.entry(
                            "since", List.of("0", "now", "tx:1", "tx:20", "2026-11-23T09:00:00Z")),
                    Map.entry(
                            "op", List.of("create", "put", "patch", "delete", "restore", "expect")),
                    Map.entry("limit", List.of("1", "2", "10", "1000")),
                    Map.entry("wait", List.of("0s", "1ms")),
                    Map.entry("order", List.of("asc", "desc")),
                    Map.entry("sort", List.of("id", "-updatedAt,id", "createdAt", "tag.major")),
                    Map.entry("fields", List.of("*", "id", "id,tags,content", "tagTimes")),
                    Map.entry("facets", List.of("type", "major,status")),
                    Map.entry("content", List.of("json", "include")),
                    Map.entry("dryRun", List.of("true", "false")),
                    Map.entry("maxAge", List.of("P365D", "PT1S", "P1D")),
                    Map.entry("If-Match", VERSIONS),
                    Map.entry("If-None-Match", VERSIONS),
                    Map.entry("If-Range", List.of("\"1\"", "\"2\"", "W/\"1\"")),
                    Map.entry("Range", List.of("bytes=0-1", "bytes=-2", "bytes=1-", "bytes=99-")),
                    Map.entry("Accept-Datetime", DATES),
                    Map.entry("EntityDB-Min-Transaction", List.of("0", "1", "2")),
                    Map.entry("Idempotency-Key", List.of("k1", "k2", "k3", "k4", "k5", "k6")));

    private final Map<String, List<String>> learned = new HashMap<>();

    /** A word for a name; the fallback where there is none. */
    String word(Random random, String name, List<String> fallback) {
        List<String> heard = learned.getOrDefault(kindOf(name), List.of());
        if (!heard.isEmpty() && random.nextBoolean()) {
            return heard.get(random.nextInt(heard.size()));
        }
        List<String> known = new ArrayList<>(WORDS.getOrDefault(name, List.of()));
        known.addAll(fallback);
        return known.isEmpty() ? "x" : known.get(random.nextInt(known.size()));
    }

    /** Keeps cursors, and the ids of operations, of an answer. */
    void learn(JsonNode answer) {
        learn("cursor", answer.path("next"));
        learn("cursor", answer.path("checkpoint").path("cursor"));
        if (answer.has("kind")) {
            learn("operation", answer.path("id"));
        }
    }

    private void learn(String kind, JsonNode word) {
        if (word.isString()) {
            List<String> words = learned.computeIfAbsent(kind, key -> new ArrayList<>());
            if (words.size() == MAX_LEARNED) {
                words.removeFirst();
            }
            words.add(word.stringValue());
        }
    }

    /** Cursors serve under several names. */
    private static String kindOf(String name) {
        return switch (name) {
            case "since", "Last-Event-ID" -> "cursor";
            default -> name;
        };
    }
}
