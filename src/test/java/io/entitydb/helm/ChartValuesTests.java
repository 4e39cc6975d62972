package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What single values do. */
class ChartValuesTests {

    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @Test
    void defaultsMakeTheseObjects() {
        assertThat(Chart.render("{}").names())
                .containsExactlyInAnyOrder(
                        "ConfigMap/shop-entitydb",
                        "NetworkPolicy/shop-entitydb",
                        "Pod/shop-entitydb-test",
                        "PodDisruptionBudget/shop-entitydb",
                        "Secret/shop-entitydb-auth",
                        "Service/shop-entitydb",
                        "Service/shop-entitydb-admin",
                        "Service/shop-entitydb-headless",
                        "ServiceAccount/shop-entitydb",
                        "StatefulSet/shop-entitydb");
    }

    @Test
    void everythingMakesTheseObjects() {
        assertThat(Chart.render(Chart.VALUES.resolve("everything.yaml")).names())
                .containsExactlyInAnyOrder(
                        "Certificate/shop-entitydb",
                        "ConfigMap/shop-entitydb",
                        "ConfigMap/shop-entitydb-dashboard",
                        "CronJob/shop-entitydb-backup",
                        "Ingress/shop-entitydb",
                        "NetworkPolicy/shop-entitydb",
                        "PersistentVolumeClaim/shop-entitydb-backup",
                        "Pod/shop-entitydb-test",
                        "PodDisruptionBudget/shop-entitydb",
                        "PrometheusRule/shop-entitydb",
                        "Service/shop-entitydb",
                        "Service/shop-entitydb-admin",
                        "Service/shop-entitydb-headless",
                        "ServiceAccount/shop-entitydb",
                        "ServiceMonitor/shop-entitydb",
                        "StatefulSet/shop-entitydb");
    }

    @Test
    void probesAskWhatTheyAreFor() {
        JsonNode container = set("{}").at(CONTAINER);

        assertThat(container.at("/startupProbe/httpGet/path").asString()).isEqualTo("/livez");
        assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/livez");
        assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/readyz");
        assertThat(container.at("/lifecycle/preStop/sleep/seconds").intValue()).isEqualTo(5);
    }

    /** Requests, and then a last checkpoint, have what is left of the grace period. */
    @Test
    void gracePeriodHoldsTheSleepAndTheShutdown() {
        JsonNode pod = set("{}").at("/spec/template/spec");

        assertThat(pod.at("/terminationGracePeriodSeconds").intValue()).isEqualTo(120);
        assertThat(pod.at("/containers/0/lifecycle/preStop/sleep/seconds").intValue())
                .isLessThan(120 - 2 * 30);
    }

    @Test
    void generatedSecretIsNewInANewCluster() {
        JsonNode first = Chart.render("{}").object("Secret", "shop-entitydb-auth");
        JsonNode second = Chart.render("{}").object("Secret", "shop-entitydb-auth");

        assertThat(decoded(first, "admin-password")).hasSize(32);
        assertThat(Base64.getDecoder().decode(decoded(first, "signing-keys"))).hasSize(32);
        assertThat(first.at("/data")).isNotEqualTo(second.at("/data"));
        assertThat(first.at("/metadata/annotations/helm.sh~1resource-policy").asString())
                .isEqualTo("keep");
    }

    @Test
    void secretThatIsThereIsTakenOver() {
        JsonNode secret =
                Chart.renderWhereSecretIs(
                                "(dict \"admin-password\" \"b2xk\" \"signing-keys\" \"a2V5\")")
                        .object("Secret", "shop-entitydb-auth");

        assertThat(decoded(secret, "admin-password")).isEqualTo("old");
        assertThat(decoded(secret, "signing-keys")).isEqualTo("key");
    }

    @Test
    void secretIsMountedUnderTheNamesOfProperties() {
        JsonNode pod =
                set("auth: {existingSecret: mine, adminPasswordKey: a, signingKeysKey: b}")
                        .at("/spec/template/spec");

        assertThat(pod.at("/volumes").valueStream().filter(volume -> volume.has("secret")))
                .extracting(
                        volume -> volume.at("/secret/secretName").asString(),
                        volume -> volume.at("/secret/items/0/key").asString(),
                        volume -> volume.at("/secret/items/0/path").asString())
                .containsExactly(
                        tuple("mine", "a", "entitydb.security.admin-password"),
                        tuple("mine", "b", "signing-keys"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /entitydb/storage/directory | /data/store",
                "{} | /entitydb/security/anonymous-endpoints | health,prometheus",
                "{} | /entitydb/security/signing-key-file | /run/secrets/entitydb-signing/signing-keys",
                "metrics: {enabled: false} | /entitydb/security/anonymous-endpoints | health",
                "tls: {enabled: true, existingSecret: a} | /server/ssl/bundle | entitydb",
                "tls: {enabled: true, existingSecret: a} | /spring/ssl/bundle/pem/entitydb/reload-on-update | true",
                "backup: {enabled: true, keep: 3} | /entitydb/backup/keep | 3",
                "backup: {enabled: true, increments: 0} | /entitydb/backup/increments | 0",
                "backup: {enabled: true} | /entitydb/backup/directory | /backup",
                "configuration: {entitydb: {storage: {directory: /data/other}}} | /entitydb/storage/directory | /data/other",
                "tracing: {endpoint: 'http://c/v1/traces'} | /management/opentelemetry/tracing/export/otlp/endpoint | http://c/v1/traces",
                "tracing: {endpoint: 'http://c/v1/traces', sampling: 0.5} | /management/tracing/sampling/probability | 0.5",
                "tracing: {sampling: 0.5} | /management | ''",
                "configuration: {entitydb: {storage: {growth: 1MB}}} | /entitydb/storage/directory | /data/store",
            })
    void configurationSays(String values, String place, String setting) {
        assertThat(configuration(values).at(place).asString()).isEqualTo(setting);
    }

    /** The service refuses to start with others. */
    @Test
    void settingsAreThoseOfTheService() throws IOException {
        JsonNode configuration =
                configuration("backup: {enabled: true}\ntls: {enabled: true, existingSecret: a}");
        Set<String> set = new TreeSet<>();
        collect("entitydb", configuration.at("/entitydb"), set);
        try (InputStream metadata =
                ChartValuesTests.class.getResourceAsStream(
                        "/META-INF/spring-configuration-metadata.json")) {
            assertThat(
                            JsonMapper.shared()
                                    .readTree(metadata)
                                    .at("/properties")
                                    .valueStream()
                                    .map(property -> property.at("/name").asString()))
                    .containsAll(set);
        }
        assertThat(set).hasSizeGreaterThanOrEqualTo(6);
    }

    private static void collect(String path, JsonNode node, Set<String> found) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            field -> collect(path + "." + field.getKey(), field.getValue(), found));
        } else {
            found.add(path);
        }
    }

    @Test
    void changedConfigurationRestartsThePod() {
        String place = "/spec/template/metadata/annotations/checksum~1configuration";

        assertThat(set("{}").at(place).asString())
                .hasSize(64)
                .isEqualTo(set("replicaCount: 0").at(place).asString())
                .isNotEqualTo(
                        set("configuration: {server: {max-http-request-header-size: 8KB}}")
                                .at(place)
                                .asString());
    }

    @Test
    void tlsReachesAllWhoAskTheService() {
        Rendered rendered =
                Chart.render(
                        "tls: {enabled: true, existingSecret: a}\nbackup: {enabled: true, verify: false}");
        JsonNode container = rendered.object("StatefulSet", "shop-entitydb").at(CONTAINER);

        assertThat(container.findValues("scheme"))
                .extracting(JsonNode::asString)
                .hasSize(3)
                .containsOnly("HTTPS");
        assertThat(rendered.object("Service", "shop-entitydb").at("/spec/ports/0/name").asString())
                .isEqualTo("https");
        assertThat(rendered.toString())
                .contains("https://shop-entitydb.data.svc:8080", "--cacert")
                .doesNotContain("http://shop-entitydb");
    }

    @Test
    void networkIsClosedUnlessSomebodyIsListed() {
        JsonNode policy =
                Chart.render("networkPolicy: {monitoring: []}")
                        .object("NetworkPolicy", "shop-entitydb");

        assertThat(policy.at("/spec/policyTypes").valueStream().map(JsonNode::asString))
                .containsExactly("Ingress", "Egress");
        assertThat(policy.at("/spec/egress")).isEmpty();
        assertThat(policy.at("/spec/ingress")).hasSize(1);
        assertThat(policy.at("/spec/ingress/0/from").toString())
                .isEqualTo(
                        "[{\"podSelector\":{\"matchLabels\":{\"shop-entitydb-client\":\"true\"}}}]");
    }

    /** Those of the chart's own pods that call the service have the label. */
    @Test
    void ownClientsAreLetIn() {
        Rendered rendered = Chart.render("backup: {enabled: true}");

        assertThat(
                        List.of(
                                rendered.object("Pod", "shop-entitydb-test").at("/metadata/labels"),
                                rendered.object("CronJob", "shop-entitydb-backup")
                                        .at("/spec/jobTemplate/spec/template/metadata/labels")))
                .allMatch(labels -> labels.at("/shop-entitydb-client").asString().equals("true"))
                .noneMatch(
                        labels ->
                                labels.at("/app.kubernetes.io~1component")
                                        .asString()
                                        .equals("server"));
    }

    @Test
    void adminServiceFindsAPodThatIsNotReady() {
        Rendered rendered = Chart.render("{}");

        assertThat(published(rendered, "shop-entitydb-admin")).isTrue();
        assertThat(published(rendered, "shop-entitydb")).isFalse();
        assertThat(published(rendered, "shop-entitydb-headless")).isFalse();
    }

    @Test
    void restoreNeverOverwrites() {
        JsonNode container =
                set("backup: {enabled: true}\nrestore: {enabled: true, at: 'tx:7'}")
                        .at("/spec/template/spec/initContainers/0");

        assertThat(container.at("/name").asString()).isEqualTo("restore");
        assertThat(container.at("/command/2").asString()).isEqualTo(Chart.file("files/restore.sh"));
        assertThat(container.at("/volumeMounts").toString()).contains("\"readOnly\":true");
    }

    @Test
    void alertsAreChangedByTheirNames() {
        JsonNode rule =
                Chart.render(
                                """
                                metrics:
                                  prometheusRule:
                                    enabled: true
                                    alerts:
                                      EntityDBDown: {enabled: false}
                                      EntityDBForcesSlow: {threshold: 0.25, for: 1h, severity: critical}
                                """)
                        .object("PrometheusRule", "shop-entitydb");
        List<JsonNode> alerts =
                rule.at("/spec/groups")
                        .valueStream()
                        .flatMap(g -> g.at("/rules").valueStream())
                        .toList();
        JsonNode slow =
                alerts.stream()
                        .filter(a -> a.at("/alert").asString().equals("EntityDBForcesSlow"))
                        .findFirst()
                        .orElseThrow();

        assertThat(alerts).noneMatch(a -> a.at("/alert").asString().equals("EntityDBDown"));
        assertThat(slow.at("/expr").asString())
                .endsWith("> 0.25")
                .contains("namespace=\"data\",job=\"shop-entitydb-admin\"")
                .doesNotContain("$");
        assertThat(slow.at("/for").asString()).isEqualTo("1h");
        assertThat(slow.at("/labels/severity").asString()).isEqualTo("critical");
    }

    private static boolean published(Rendered rendered, String service) {
        return rendered.object("Service", service)
                .at("/spec/publishNotReadyAddresses")
                .booleanValue(false);
    }

    private static JsonNode set(String values) {
        return Chart.render(values).object("StatefulSet", "shop-entitydb");
    }

    private static JsonNode configuration(String values) {
        return Rendered.json(
                new Yaml()
                        .load(
                                Chart.render(values)
                                        .object("ConfigMap", "shop-entitydb")
                                        .at("/data/application.yaml")
                                        .asString()));
    }

    private static String decoded(JsonNode secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.at("/data/" + key).asString()),
                StandardCharsets.UTF_8);
    }
}
