package io.entitydb.observability;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A panel of the dashboard.
 *
 * @param title what it shows
 * @param type how Grafana draws it
 * @param unit Grafana's name of the unit
 * @param queries expressions, with the legend of each
 */
record Panel(String title, String type, String unit, List<Map.Entry<String, String>> queries) {

    private static final String CHOSEN = "job=~\"$job\",instance=~\"$instance\"";
    private static final String GRAPH = "timeseries";

    Panel {
        queries = List.copyOf(queries);
    }

    /** What a meter of its kind is looked at for. */
    static Panel of(StoreMeter meter) {
        String name = MeterNames.family(meter);
        if (meter.path().contains(".last.")) {
            return new Panel(
                    title(meter),
                    "stat",
                    "dateTimeFromNow",
                    query("%s * 1000 > 0".formatted(chosen(name)), meter));
        }
        return switch (meter.kind()) {
            case COUNTER ->
                    new Panel(
                            title(meter),
                            GRAPH,
                            meter.unit().equals("bytes") ? "Bps" : "ops",
                            query(rate(name, meter), meter));
            case GAUGE -> gauge(meter, name);
            case TIMER -> new Panel(title(meter), GRAPH, "s", List.of(mean(name, meter)));
            case SUMMARY -> new Panel(title(meter), GRAPH, "short", List.of(mean(name, meter)));
            case HISTOGRAM ->
                    new Panel(
                            title(meter),
                            GRAPH,
                            "s",
                            List.of(
                                    quantile("0.5", name),
                                    quantile("0.99", name),
                                    quantile("0.999", name)));
        };
    }

    private static Panel gauge(StoreMeter meter, String name) {
        if (meter == StoreMeter.STORE_STATE) {
            return new Panel(
                    title(meter), "state-timeline", "short", query(chosen(name) + " == 1", meter));
        }
        String unit =
                switch (meter.unit()) {
                    case "bytes" -> "bytes";
                    case "seconds" -> "s";
                    case "ratio" -> "percentunit";
                    default -> "short";
                };
        return new Panel(title(meter), GRAPH, unit, query(chosen(name), meter));
    }

    static List<Panel> ofRequests() {
        return List.of(
                new Panel(
                        "Requests by outcome",
                        GRAPH,
                        "reqps",
                        query(
                                "sum by (outcome) (rate(http_server_requests_seconds_count{%s}[$__rate_interval]))",
                                "{{outcome}}")),
                new Panel(
                        "Mean time of requests by path",
                        GRAPH,
                        "s",
                        query(
                                "sum by (method, uri) (rate(http_server_requests_seconds_sum{%1$s}[$__rate_interval]))"
                                        + " / sum by (method, uri) (rate(http_server_requests_seconds_count{%1$s}[$__rate_interval]))",
                                "{{method}} {{uri}}")),
                new Panel(
                        "Longest request by path",
                        GRAPH,
                        "s",
                        query(
                                "max by (method, uri) (http_server_requests_seconds_max{%s})",
                                "{{method}} {{uri}}")));
    }

    static List<Panel> ofProcess() {
        return List.of(
                new Panel(
                        "Heap",
                        GRAPH,
                        "bytes",
                        List.of(
                                query(
                                                "sum by (instance) (jvm_memory_used_bytes{area=\"heap\",%s})",
                                                "used")
                                        .getFirst(),
                                query(
                                                "sum by (instance) (jvm_memory_max_bytes{area=\"heap\",%s})",
                                                "most")
                                        .getFirst())),
                new Panel(
                        "Share of time in the garbage collector",
                        GRAPH,
                        "percentunit",
                        query("jvm_gc_overhead{%s}", "{{instance}}")),
                new Panel(
                        "Time in pauses of the collector",
                        GRAPH,
                        "percentunit",
                        query(
                                "sum by (instance) (rate(jvm_gc_pause_seconds_sum{%s}[$__rate_interval]))",
                                "{{instance}}")),
                new Panel(
                        "CPU",
                        GRAPH,
                        "percentunit",
                        query("process_cpu_usage{%s}", "{{instance}}")),
                new Panel(
                        "Threads",
                        GRAPH,
                        "short",
                        query("jvm_threads_live_threads{%s}", "{{instance}}")),
                new Panel(
                        "Open files",
                        GRAPH,
                        "short",
                        query("process_files_open_files{%s}", "{{instance}}")));
    }

    private static String title(StoreMeter meter) {
        return meter.description();
    }

    private static List<Map.Entry<String, String>> query(String expression, StoreMeter meter) {
        return List.of(Map.entry(expression, legend(meter)));
    }

    private static List<Map.Entry<String, String>> query(String expression, String legend) {
        return List.of(Map.entry(expression.formatted(CHOSEN), legend));
    }

    private static String chosen(String name) {
        return "%s{%s}".formatted(name, CHOSEN);
    }

    private static String rate(String name, StoreMeter meter) {
        String by = by(meter);
        return "sum%s (rate(%s[$__rate_interval]))".formatted(by, chosen(name));
    }

    private static Map.Entry<String, String> mean(String name, StoreMeter meter) {
        return Map.entry(
                "%s / %s".formatted(rate(name + "_sum", meter), rate(name + "_count", meter)),
                meter.labels().isEmpty() ? "mean" : legend(meter));
    }

    private static Map.Entry<String, String> quantile(String quantile, String name) {
        return Map.entry(
                "histogram_quantile(%s, sum by (le) (rate(%s[$__rate_interval])))"
                        .formatted(quantile, chosen(name + "_bucket")),
                quantile);
    }

    private static String by(StoreMeter meter) {
        return meter.labels().isEmpty()
                ? " by (instance)"
                : meter.labels().stream()
                        .map(MeterLabel::name)
                        .collect(Collectors.joining(", ", " by (", ")"));
    }

    private static String legend(StoreMeter meter) {
        return meter.labels().isEmpty()
                ? "{{instance}}"
                : meter.labels().stream()
                        .map(label -> "{{" + label.name() + "}}")
                        .collect(Collectors.joining(" "));
    }
}
