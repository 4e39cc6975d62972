package io.entitydb.helm;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The alerts of the chart, as its file lists them. */
final class Alerts {

    private static final Pattern CLUSTER = Pattern.compile("\\$(?:pod|claim|job)\\b");

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

    /**
     * The rules for Prometheus alone, without those that ask a cluster.
     *
     * @param service labels that choose the service
     */
    static String withoutCluster(String service) {
        List<Object> groups = new ArrayList<>();
        for (JsonNode group :
                Rendered.json(new Yaml().load(Chart.file("files/alerts.yaml"))).at("/groups")) {
            List<Object> rules = new ArrayList<>();
            for (JsonNode alert : group.at("/alerts")) {
                String expression = alert.at("/expr").asString();
                if (!CLUSTER.matcher(expression).find()) {
                    rules.add(rule(alert, expression.replace("$service", service)));
                }
            }
            groups.add(map("name", group.at("/name").asString(), "rules", rules));
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(Integer.MAX_VALUE);
        return "# Made of helm/entitydb/files/alerts.yaml.\n"
                + new Yaml(options).dump(map("groups", groups));
    }

    private static Map<String, Object> rule(JsonNode alert, String expression) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", alert.at("/name").asString());
        rule.put("expr", expression.replace("$threshold", alert.at("/threshold").asString("")));
        if (alert.has("for")) {
            rule.put("for", alert.at("/for").asString());
        }
        rule.put("labels", map("severity", alert.at("/severity").asString()));
        rule.put(
                "annotations",
                map(
                        "summary",
                        alert.at("/summary").asString(),
                        "description",
                        alert.at("/description").asString()));
        return rule;
    }

    private static Map<String, Object> map(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    private static Map<String, Object> map(
            String name, Object value, String nextName, Object nextValue) {
        Map<String, Object> map = map(name, value);
        map.put(nextName, nextValue);
        return map;
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
