package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/** The schema of the values refuses what the chart cannot use, and names it. */
class ChartSchemaTests {

    private final JsonNode schema = JsonMapper.shared().readTree(Chart.file("values.schema.json"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "replicaCount: 2                                        | /replicaCount",
                "replicaCount: '1'                                      | /replicaCount",
                "replicas: 1                                            | 'replicas'",
                "image: {tag: 'a b'}                                    | /image/tag",
                "image: {digest: sha256:12}                             | /image/digest",
                "image: {pullPolicy: Sometimes}                         | /image/pullPolicy",
                "image: {registry: x}                                   | 'registry'",
                "fullnameOverride: Upper                                | /fullnameOverride",
                "auth: {password: secret}                               | 'password'",
                "configuration: text                                    | /configuration",
                "resources: {limits: {memory: much}}                    | /resources/limits/memory",
                "persistence: {size: -1Gi}                              | /persistence/size",
                "persistence: {accessModes: []}                         | /persistence/accessModes",
                "persistence: {whenDeleted: Keep}                       | /persistence/whenDeleted",
                "service: {type: ExternalName}                          | /service/type",
                "service: {port: 70000}                                 | /service/port",
                "tls: {enabled: 'yes'}                                  | /tls/enabled",
                "tls: {certManager: {duration: 90d}}                    | /tls/certManager/duration",
                "ingress: {hosts: [{host: a}]}                          | /ingress/hosts/0",
                "networkPolicy: {clients: [{pods: {}}]}                 | /networkPolicy/clients/0",
                "podDisruptionBudget: {maxUnavailable: 2}               | /podDisruptionBudget/maxUnavailable",
                "probes: {liveness: {periodSeconds: 0}}                 | /probes/liveness/periodSeconds",
                "probes: {liveness: {initialDelaySeconds: 9}}           | 'initialDelaySeconds'",
                "preStopSleepSeconds: 0                                 | /preStopSleepSeconds",
                "terminationGracePeriodSeconds: 5                       | /terminationGracePeriodSeconds",
                "extraEnv: [{value: a}]                                 | /extraEnv/0",
                "backup: {schedule: daily}                              | /backup/schedule",
                "backup: {keep: 0}                                      | /backup/keep",
                "restore: {at: yesterday}                               | /restore/at",
                "restore: {path: /absolute}                             | /restore/path",
                "tracing: {endpoint: collector}                         | /tracing/endpoint",
                "tracing: {sampling: 2}                                 | /tracing/sampling",
                "metrics: {serviceMonitor: {interval: often}}           | /metrics/serviceMonitor/interval",
                "metrics: {prometheusRule: {alerts: {EntityDBDwon: {enabled: false}}}} | 'EntityDBDwon'",
                "metrics: {prometheusRule: {alerts: {EntityDBDown: {threshold: high}}}} | /EntityDBDown/threshold",
            })
    void wrongValueIsRefusedByName(String values, String name) {
        assertThatThrownBy(() -> Chart.render(values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls: {enabled: true} | tls.enabled needs tls.existingSecret or tls.certManager.enabled",
                "tls: {enabled: true, certManager: {enabled: true}} | tls.certManager.issuerRef.name",
            })
    void valuesThatDoNotGoTogetherAreRefused(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    @Test
    void everyValueHasItsSchemaAndNoOtherHas() {
        JsonNode defaults = Rendered.json(new Yaml().load(Chart.file("values.yaml")));
        List<String> differences = new ArrayList<>();

        compare("", defaults, schema, differences);

        assertThat(differences).containsExactly("schema only: .global");
    }

    @Test
    void everyAlertCanBeChangedByItsName() {
        assertThat(
                        schema.at(
                                        "/properties/metrics/properties/prometheusRule/properties/alerts"
                                                + "/properties")
                                .propertyNames())
                .containsExactlyElementsOf(Alerts.names());
    }

    /**
     * What is free in the schema is an object of Kubernetes, which is checked when it is rendered.
     */
    private static void compare(
            String path, JsonNode value, JsonNode shape, List<String> differences) {
        JsonNode properties = shape.at("/properties");
        if (!properties.isObject()) {
            return;
        }
        if (shape.at("/additionalProperties").booleanValue(true)) {
            differences.add("more is let in: " + path);
        }
        value.propertyNames().stream()
                .filter(name -> !properties.has(name))
                .forEach(name -> differences.add("values only: " + path + "." + name));
        for (String name : properties.propertyNames()) {
            if (value.has(name)) {
                compare(path + "." + name, value.get(name), properties.get(name), differences);
            } else if (!path.endsWith(".alerts") && !path.endsWith(".resources")) {
                differences.add("schema only: " + path + "." + name);
            }
        }
    }
}
