package io.entitydb.benchmark;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a run as a Markdown table beside the goals, and as JSON. */
final class Report {

    private final Map<String, String> machine;
    private final Map<String, Object> options;
    private final Figures figures;

    Report(Map<String, String> machine, Map<String, Object> options, Figures figures) {
        this.machine = machine;
        this.options = options;
        this.figures = figures;
    }

    /** Writes {@code benchmark.md} and {@code benchmark.json}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("benchmark.md"), markdown(), StandardCharsets.UTF_8);
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.write(directory.resolve("benchmark.json"), json.writeValueAsBytes(document()));
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark\n\n## Goals\n\n");
        text.append("| what | measured | goal | |\n|---|---:|---:|---|\n");
        for (Goal goal : Goal.of(figures)) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %,.2f | %s | %s |%n",
                            goal.name(),
                            goal.measured(),
                            goal.wanted(),
                            goal.isMet() ? "met" : "**not met**"));
        }
        text.append("\n## Figures\n\n");
        text.append(
                "Medians; of all repetitions the least and the greatest, and latencies in µs.\n\n");
        text.append("| workload | who | median | unit | least–greatest | p50 | p99 | p99.9 |\n");
        text.append("|---|---|---:|---|---:|---:|---:|---:|\n");
        figures.all().forEach(figure -> text.append(row(figure)));
        text.append("\n## Machine\n\n| | |\n|---|---|\n");
        machine.forEach((name, value) -> text.append(line(name, value)));
        options.forEach((name, value) -> text.append(line(name, value)));
        return text.toString();
    }

    private static String line(String name, Object value) {
        return "| " + name + " | " + value + " |\n";
    }

    private static String row(Figure figure) {
        boolean isTimed = figure.nanos().getTotalCount() > 0;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s–%s | %s | %s | %s |%n",
                figure.workload(),
                figure.contender().label(),
                number(figure.median()),
                figure.unit(),
                number(figure.least()),
                number(figure.greatest()),
                isTimed ? number(figure.micros(50)) : "",
                isTimed ? number(figure.micros(99)) : "",
                isTimed ? number(figure.micros(99.9)) : "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", machine);
        document.put("options", options);
        List<Map<String, Object>> goals = new ArrayList<>();
        for (Goal goal : Goal.of(figures)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", goal.name());
            entry.put("measured", goal.measured());
            entry.put(goal.isLeast() ? "least" : "most", goal.bound());
            entry.put("met", goal.isMet());
            goals.add(entry);
        }
        document.put("goals", goals);
        document.put("figures", figures.all().stream().map(Report::entry).toList());
        return document;
    }

    private static Map<String, Object> entry(Figure figure) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("workload", figure.workload());
        entry.put("contender", figure.contender().label());
        entry.put("unit", figure.unit());
        entry.put("median", figure.median());
        entry.put("samples", figure.samples());
        if (figure.nanos().getTotalCount() > 0) {
            entry.put("p50Micros", figure.micros(50));
            entry.put("p99Micros", figure.micros(99));
            entry.put("p999Micros", figure.micros(99.9));
        }
        return entry;
    }
}
