package io.entitydb.structure;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The modules, and what each may use. A further arrow is a decision, to be written down in {@code
 * docs/adr} before it is added here.
 */
public final class ModuleTable {

    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry("client", Set.of()),
                    Map.entry("settings", Set.of()),
                    Map.entry("temporal", Set.of()),
                    Map.entry("entity", Set.of("temporal")),
                    Map.entry("query", Set.of("entity", "temporal")),
                    Map.entry("storage", Set.of("entity", "temporal")),
                    Map.entry(
                            "transaction",
                            Set.of("entity", "query", "storage", "storage :: error", "temporal")),
                    Map.entry(
                            "search",
                            Set.of(
                                    "entity",
                                    "query",
                                    "storage",
                                    "storage :: error",
                                    "storage :: header",
                                    "storage :: repair",
                                    "temporal")),
                    Map.entry(
                            "security", Set.of("entity", "query", "storage :: error", "temporal")),
                    Map.entry(
                            "web",
                            Set.of("entity", "query", "security", "storage :: error", "temporal")),
                    Map.entry(
                            "backup",
                            Set.of(
                                    "entity",
                                    "storage",
                                    "storage :: error",
                                    "storage :: header",
                                    "storage :: io",
                                    "storage :: repair",
                                    "temporal")),
                    Map.entry(
                            "observability",
                            Set.of(
                                    "backup",
                                    "entity",
                                    "search",
                                    "storage",
                                    "storage :: error",
                                    "storage :: header")),
                    Map.entry(
                            "cli",
                            Set.of(
                                    "backup",
                                    "entity",
                                    "search",
                                    "security",
                                    "storage",
                                    "storage :: error",
                                    "storage :: repair",
                                    "temporal",
                                    "transaction")));

    private ModuleTable() {}

    /** What a module declares beyond the table: arrows, or the module itself. */
    public static Stream<String> violations(String module, Collection<String> declared) {
        Set<String> allowed = ALLOWED.get(module);
        if (allowed == null) {
            return Stream.of(module + " is not a module");
        }
        return declared.stream()
                .map(target -> target.replaceAll("\\s*::\\s*", " :: "))
                .filter(target -> !allowed.contains(target))
                .map(target -> module + " -> " + target);
    }
}
