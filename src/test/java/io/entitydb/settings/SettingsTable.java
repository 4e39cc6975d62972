package io.entitydb.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The table of settings in README.md, made from what the compiler has written down. */
public final class SettingsTable {

    private static final String HEAD = "| property | default | meaning |\n|---|---|---|\n";

    private SettingsTable() {}

    /** The table. */
    public static String text() {
        return KnownSettings.read().all().stream()
                .map(SettingsTable::row)
                .collect(Collectors.joining("\n", HEAD, "\n"));
    }

    private static String row(KnownSettings.Setting setting) {
        String value =
                setting.defaultValue().isEmpty() ? "none" : "`" + setting.defaultValue() + "`";
        return "| `" + setting.name() + "` | " + value + " | " + setting.description() + " |";
    }

    /** The page with the table of today in the place of the one that it has. */
    public static String renew(String page) {
        int begin = page.indexOf(HEAD);
        int end = page.indexOf("\n\n", begin) + 1;
        return page.substring(0, begin) + text() + page.substring(end);
    }

    /** Writes the table into README.md. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of("README.md");
        Files.writeString(file, renew(Files.readString(file)));
    }
}
