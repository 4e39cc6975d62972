package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.PromTool;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each alert fires when it should and not before, as Prometheus itself evaluates it. */
class AlertRuleTests {

    private static final Path CASES =
            Path.of("src", "test", "resources", "helm", "alert-cases.yaml");
    private static final Path ALL_ALERTS = Chart.VALUES.resolve("everything.yaml");

    /** Labels of the release, by the words that stand for them. */
    private static final Map<String, Map<String, String>> LABELS =
            Map.of(
                    "service",
                    Map.of(
                            "namespace", "data",
                            "job", "shop-entitydb-admin",
                            "pod", "shop-entitydb-0",
                            "instance", "10.0.0.1:9090"),
                    "pod",
                    Map.of("namespace", "data", "pod", "shop-entitydb-0"),
                    "claim",
                    Map.of("namespace", "data", "persistentvolumeclaim", "data-shop-entitydb-0"),
                    "job",
                    Map.of("namespace", "data", "job_name", "shop-entitydb-backup-28000000"));

    @TempDir private Path directory;

    @BeforeEach
    void tool() {
        PromTool.assume();
    }

    @Test
    void promtoolFindsNothingToSayAboutTheRules() throws Exception {
        assertThat(PromTool.run("check", "rules", rules(ALL_ALERTS).toString()))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertFiresWhenItShould() throws Exception {
        JsonNode cases = cases();
        assertThat(cases.propertyNames()).containsExactlyElementsOf(Alerts.names());

        assertThat(judge(cases)).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void anAlertThatFiresTooEarlyIsNoticed() throws Exception {
        JsonNode cases = cases();
        for (String name : cases.propertyNames()) {
            ((ObjectNode) cases.get(name)).put("quiet", cases.at("/" + name + "/fires").asString());
        }

        assertThat(judge(cases)).contains("FAILED").contains(Alerts.names());
    }

    private static JsonNode cases() throws IOException {
        return Rendered.json(new Yaml().load(Files.readString(CASES)));
    }

    private String judge(JsonNode cases) throws IOException {
        String values = "backup: {enabled: true}\nmetrics: {prometheusRule: {enabled: true}}\n";
        Path rules = rules(Files.writeString(directory.resolve("values.yaml"), values));
        List<Object> tests = new ArrayList<>();
        for (JsonNode alert : Alerts.all()) {
            tests.add(test(alert, cases.get(alert.at("/name").asString())));
        }
        Path test = directory.resolve("test.json");
        JsonMapper.shared()
                .writeValue(
                        test.toFile(),
                        Map.of(
                                "rule_files",
                                List.of(rules.toString()),
                                "evaluation_interval",
                                "1m",
                                "tests",
                                tests));
        return PromTool.run("test", "rules", test.toString());
    }

    private Path rules(Path values) throws IOException {
        JsonNode rule = Chart.render(values).ofKind("PrometheusRule").findFirst().orElseThrow();
        return Files.writeString(directory.resolve("rules.json"), rule.at("/spec").toString());
    }

    private static Object test(JsonNode alert, JsonNode given) {
        String name = alert.at("/name").asString();
        List<Object> series = new ArrayList<>();
        given.at("/series")
                .properties()
                .forEach(
                        one ->
                                series.add(
                                        Map.of(
                                                "series", fill(one.getKey()),
                                                "values", one.getValue().asString())));
        Map<String, String> labels = new TreeMap<>(LABELS.get(given.at("/of").asString()));
        labels.put("severity", alert.at("/severity").asString());
        given.at("/labels")
                .properties()
                .forEach(l -> labels.put(l.getKey(), l.getValue().asString()));
        Map<String, Object> fired =
                Map.of(
                        "exp_labels",
                        labels,
                        "exp_annotations",
                        Map.of(
                                "summary", alert.at("/summary").asString(),
                                "description", alert.at("/description").asString()));
        return Map.of(
                "interval",
                "1m",
                "input_series",
                series,
                "alert_rule_test",
                List.of(
                        expected(name, given.at("/quiet").asString(), List.of()),
                        expected(name, given.at("/fires").asString(), List.of(fired))));
    }

    private static Map<String, Object> expected(String name, String time, List<Object> alerts) {
        return Map.of("alertname", name, "eval_time", time, "exp_alerts", alerts);
    }

    private static String fill(String series) {
        String filled = series;
        for (Map.Entry<String, Map<String, String>> word : LABELS.entrySet()) {
            List<String> labels = new ArrayList<>();
            word.getValue()
                    .forEach((name, value) -> labels.add("%s=\"%s\"".formatted(name, value)));
            filled = filled.replace("$" + word.getKey(), String.join(",", labels));
        }
        return filled;
    }
}
