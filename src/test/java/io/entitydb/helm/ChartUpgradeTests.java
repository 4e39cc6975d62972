package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * An installed chart can be upgraded. A cluster refuses changes to these fields, and to change them
 * an operator would have to delete the StatefulSet: the files are of the version in their names and
 * stay as they are.
 */
class ChartUpgradeTests {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "helm", "immutable");

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "everything", "long-names"})
    void immutableFieldsAreThoseOfTheFirstVersion(String values) throws IOException {
        Rendered rendered = Chart.render(Chart.VALUES.resolve(values + ".yaml"));
        JsonNode golden =
                Rendered.json(
                        new Yaml()
                                .load(
                                        Files.readString(
                                                GOLDEN.resolve("0.1.0-" + values + ".yaml"))));

        assertThat(immutable(rendered)).isEqualTo(golden);
    }

    /** A new version of the chart is not a new claim. */
    @Test
    void claimCarriesNoVersion() {
        JsonNode claim =
                Chart.render("{}")
                        .object("StatefulSet", "shop-entitydb")
                        .at("/spec/volumeClaimTemplates/0/metadata/labels");

        assertThat(claim.propertyNames())
                .containsExactlyInAnyOrder("app.kubernetes.io/name", "app.kubernetes.io/instance");
    }

    private static JsonNode immutable(Rendered rendered) {
        Map<String, Object> fields = new TreeMap<>();
        JsonNode set = rendered.ofKind("StatefulSet").findFirst().orElseThrow();
        for (String field :
                new String[] {
                    "selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"
                }) {
            fields.put(field, set.at("/spec/" + field));
        }
        fields.put("name", set.at("/metadata/name"));
        rendered.ofKind("Service")
                .forEach(
                        service ->
                                fields.put(
                                        "service " + service.at("/metadata/name").asString(),
                                        Map.of(
                                                "clusterIP",
                                                service.at("/spec/clusterIP").asString("given"))));
        return Rendered.json(fields);
    }
}
