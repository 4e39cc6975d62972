package io.entitydb.observability;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The Grafana dashboard: a panel for every meter of {@link StoreMeter}, in rows by topic, and some
 * of the requests and the process. It is made of the enum, so no panel asks for what is not there.
 */
final class Dashboard {

    private static final int WIDTH = 24;
    private static final int PANEL_WIDTH = 8;
    private static final int PANEL_HEIGHT = 7;

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();
    private final ArrayNode panels = mapper.createArrayNode();
    private int id;
    private int x;
    private int y;

    private Dashboard() {}

    /** The dashboard as Grafana reads it. */
    static String json() {
        return new Dashboard().build();
    }

    private String build() {
        for (Topic topic : Topic.values()) {
            List<Panel> shown = new ArrayList<>();
            Arrays.stream(StoreMeter.values())
                    .filter(meter -> Topic.of(meter) == topic)
                    .map(Panel::of)
                    .forEach(shown::add);
            shown.addAll(topic.others);
            if (!shown.isEmpty()) {
                row(topic.title);
                shown.forEach(this::panel);
            }
        }
        ObjectNode dashboard = mapper.createObjectNode();
        dashboard.put("uid", "entitydb").put("title", "EntityDB").put("schemaVersion", 39);
        dashboard.put("editable", true).put("refresh", "30s").put("graphTooltip", 1);
        dashboard.putArray("tags").add("entitydb").add("database");
        dashboard.putObject("time").put("from", "now-3h").put("to", "now");
        ArrayNode variables = dashboard.putObject("templating").putArray("list");
        variables
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        variable(variables, "job", "label_values(entitydb_store_info, job)");
        variable(
                variables,
                "instance",
                "label_values(entitydb_store_info{job=~\"$job\"}, instance)");
        dashboard.set("panels", panels);
        return mapper.writeValueAsString(dashboard) + "\n";
    }

    private static void variable(ArrayNode variables, String name, String query) {
        ObjectNode variable = variables.addObject().put("name", name).put("type", "query");
        variable.put("label", name).put("query", query).put("refresh", 2);
        variable.put("includeAll", true).put("multi", true).put("allValue", ".*");
        datasource(variable);
        variable.putObject("current").put("text", "All").put("value", "$__all");
    }

    private void row(String title) {
        if (x > 0) {
            y += PANEL_HEIGHT;
            x = 0;
        }
        ObjectNode row = panels.addObject().put("id", ++id).put("type", "row").put("title", title);
        row.put("collapsed", false);
        place(row, WIDTH, 1);
        y++;
    }

    private void panel(Panel shown) {
        if (x + PANEL_WIDTH > WIDTH) {
            x = 0;
            y += PANEL_HEIGHT;
        }
        ObjectNode panel = panels.addObject().put("id", ++id).put("type", shown.type());
        panel.put("title", shown.title());
        datasource(panel);
        place(panel, PANEL_WIDTH, PANEL_HEIGHT);
        x += PANEL_WIDTH;
        panel.putObject("fieldConfig").putObject("defaults").put("unit", shown.unit());
        ArrayNode targets = panel.putArray("targets");
        for (Map.Entry<String, String> query : shown.queries()) {
            ObjectNode target = targets.addObject();
            target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
            target.put("expr", query.getKey()).put("legendFormat", query.getValue());
            datasource(target);
        }
    }

    private void place(ObjectNode panel, int width, int height) {
        panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }

    private static void datasource(ObjectNode node) {
        node.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }

    /** The rows, by the beginnings of the meters' names. */
    private enum Topic {
        STORE("Store", List.of("store.", "entities", "file.", "recovery", "clock.")),
        WRITING("Writing", List.of("writes", "commit")),
        READING("Reading", List.of("reads", "query", "versions")),
        LOG("Log and device", List.of("wal.", "header.", "checkpoint")),
        INTEGRITY("Integrity", List.of("corruption", "quarantined", "lost.", "scrub")),
        BACKUP("Backups", List.of("backup")),
        CHANGES("Changes", List.of("changes.")),
        ACCESS("Who comes in", List.of("requests.", "audit.")),
        OTHER("Other meters", List.of("")),
        REQUESTS("Requests", List.of(), Panel.ofRequests()),
        PROCESS("Process", List.of(), Panel.ofProcess());

        private final String title;

        // Made by List.of and full of values; the checker sees only the interface.
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> prefixes;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<Panel> others;

        Topic(String title, List<String> prefixes) {
            this(title, prefixes, List.of());
        }

        Topic(String title, List<String> prefixes, List<Panel> others) {
            this.title = title;
            this.prefixes = prefixes;
            this.others = others;
        }

        static Topic of(StoreMeter meter) {
            String name = meter.path().substring("entitydb.".length());
            return Arrays.stream(values())
                    .filter(topic -> topic.prefixes.stream().anyMatch(name::startsWith))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
