package io.entitydb.settings;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings that the code binds, as the compiler has written them down.
 *
 * <p>Names are compared in the form that Spring Boot compares them in: without dashes and
 * underscores, and in small letters.
 */
public final class KnownSettings {

    /** What all of them begin with. */
    static final String PREFIX = "entitydb.";

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern INDEX = Pattern.compile("\\[[^]]*]");

    private final NavigableMap<String, Setting> settings = new TreeMap<>();

    /**
     * A setting.
     *
     * @param name its name
     * @param defaultValue what it is if nothing is said; empty for nothing
     * @param description what it means
     */
    public record Setting(String name, String defaultValue, String description) {}

    private KnownSettings() {}

    /** Reads what the compiler has written down. */
    public static KnownSettings read() {
        KnownSettings known = new KnownSettings();
        ClassLoader loader = KnownSettings.class.getClassLoader();
        try {
            for (URL file : Collections.list(loader.getResources(METADATA))) {
                try (InputStream in = file.openStream()) {
                    known.addAll(JsonMapper.shared().readTree(in).path("properties"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the list of settings cannot be read", e);
        }
        return known;
    }

    private void addAll(JsonNode properties) {
        for (JsonNode property : properties) {
            String name = property.path("name").asString();
            if (name.startsWith(PREFIX)) {
                settings.put(
                        uniform(name),
                        new Setting(
                                name,
                                text(property.path("defaultValue")),
                                property.path("description").asString("")));
            }
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(each -> all.add(each.asString()));
            return String.join(",", all);
        }
        return value.asString("");
    }

    /** All of them, by name. */
    public List<Setting> all() {
        return settings.values().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** Whether none are known: then nothing can be said about any. */
    boolean isEmpty() {
        return settings.isEmpty();
    }

    /** Whether there is a setting of a name, in any way of writing it. */
    boolean has(String name) {
        return settings.containsKey(uniform(INDEX.matcher(name).replaceAll("")));
    }

    /** Whether there is a setting that a variable of the environment sets. */
    boolean hasVariable(String variable) {
        String flat = flat(variable.replaceAll("_[0-9]+(_|$)", "$1"));
        return settings.keySet().stream().anyMatch(name -> flat(name).equals(flat));
    }

    /** The name that is nearest to one that is not known; empty if none is near. */
    Optional<String> nearestTo(String name) {
        String wanted = uniform(name);
        String best = null;
        int distance = Math.max(2, wanted.length() / 4) + 1;
        for (var setting : settings.entrySet()) {
            int changes = changes(wanted, setting.getKey());
            if (changes < distance) {
                distance = changes;
                best = setting.getValue().name();
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many characters must be changed, put in or taken out to make one text the other. */
    static int changes(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String flat(String name) {
        return uniform(name).replace(".", "");
    }
}
