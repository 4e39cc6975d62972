package io.entitydb.helm;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;

/** The alerts of the chart, as its file lists them. */
final class Alerts {

    private Alerts() {}

    static List<JsonNode> all() {
        return Rendered.json(new Yaml().load(Chart.file("files/alerts.yaml")))
                .at("/groups")
                .valueStream()
                .flatMap(group -> group.at("/alerts").valueStream())
                .toList();
    }

    static List<String> names() {
        return all().stream().map(alert -> alert.at("/name").asString()).toList();
    }

    /** The table of the README. */
    static String markdown() {
        StringBuilder table =
                new StringBuilder(
                        "| alert | severity | threshold | for | when |\n|---|---|---|---|---|\n");
        for (JsonNode alert : all()) {
            String name = alert.at("/name").asString();
            table.append(
                    "| [`%s`](#%s) | %s | %s | %s | %s |%n"
                            .formatted(
                                    name,
                                    name.toLowerCase(Locale.ROOT),
                                    alert.at("/severity").asString(),
                                    alert.has("threshold") ? alert.at("/threshold") : "",
                                    alert.at("/for").asString(""),
                                    alert.at("/summary").asString()));
        }
        return table.toString();
    }
}
