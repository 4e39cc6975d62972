package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whatever values the chart is installed with, its objects keep the rules. */
class ChartTests {

    static List<Path> values() {
        return Chart.values();
    }

    @Test
    void lintFindsNothing() {
        LintResult result = Chart.lint();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void manyValuesAreTried() {
        assertThat(values()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyFieldIsKnown(Path values) {
        Rendered rendered = Chart.render(values);

        assertThat(rendered.objects()).isNotEmpty();
        for (JsonNode object : rendered.objects()) {
            assertThatCode(() -> ObjectShape.check(object))
                    .as("%s", object)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void unknownFieldsAreFoundAtAnyDepth() {
        String pod = "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, imagge: b}]}}";
        String rule =
                "{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {groups: [{rules: [{alrt: a}]}]}}";

        for (String wrong : List.of(pod, rule)) {
            JsonNode object = Rendered.parse(wrong).objects().getFirst();
            assertThatThrownBy(() -> ObjectShape.check(object))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void podsKeepTheRestrictedStandard(Path values) {
        for (JsonNode pod : Chart.render(values).pods()) {
            assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").intValue()).isEqualTo(10001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("/automountServiceAccountToken").booleanValue(true)).isFalse();
            assertThat(pod.at("/enableServiceLinks").booleanValue(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            assertThat(Rendered.containers(pod)).isNotEmpty().allSatisfy(ChartTests::isRestricted);
            assertThat(pod.at("/volumes").valueStream())
                    .noneMatch(volume -> volume.has("hostPath"));
        }
    }

    private static void isRestricted(JsonNode container) {
        JsonNode context = container.at("/securityContext");
        assertThat(context.at("/allowPrivilegeEscalation").booleanValue(true)).isFalse();
        assertThat(context.at("/readOnlyRootFilesystem").booleanValue(false)).isTrue();
        assertThat(context.at("/capabilities/drop").valueStream().map(JsonNode::asString))
                .containsExactly("ALL");
        assertThat(context.has("privileged")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void namesAreUniqueShortAndInTheirNamespace(Path values) {
        Rendered rendered = Chart.render(values);

        assertThat(rendered.names()).doesNotHaveDuplicates();
        for (JsonNode object : rendered.objects()) {
            // A CronJob's jobs add eleven characters to its name.
            assertThat(object.at("/metadata/name").asString()).hasSizeLessThanOrEqualTo(63 - 6);
            assertThat(object.at("/metadata/namespace").asString()).isIn("data", "monitoring");
            assertThat(object.at("/metadata/labels/app.kubernetes.io~1instance").asString())
                    .isEqualTo(Chart.RELEASE);
        }
        rendered.ofKind("CronJob")
                .forEach(
                        job ->
                                assertThat(job.at("/metadata/name").asString())
                                        .hasSizeLessThanOrEqualTo(52));
    }

    /** What mounts name is there, and what is there is mounted. */
    @ParameterizedTest
    @MethodSource("values")
    void volumesAndMountsBelongTogether(Path values) {
        for (JsonNode set : Chart.render(values).objects()) {
            Rendered one = new Rendered(List.of(set));
            for (JsonNode pod : one.pods()) {
                Set<String> volumes = new HashSet<>();
                Stream.concat(
                                pod.at("/volumes").valueStream().map(v -> v.at("/name")),
                                set.at("/spec/volumeClaimTemplates")
                                        .valueStream()
                                        .map(c -> c.at("/metadata/name")))
                        .forEach(name -> assertThat(volumes.add(name.asString())).isTrue());
                assertThat(
                                Rendered.containers(pod).stream()
                                        .flatMap(c -> c.at("/volumeMounts").valueStream())
                                        .map(mount -> mount.at("/name").asString())
                                        .distinct())
                        .containsExactlyInAnyOrderElementsOf(volumes);
            }
        }
    }

    /** A selector that finds nothing is the silent failure of many charts. */
    @ParameterizedTest
    @MethodSource("values")
    void selectorsFindThePodAndOnlyIt(Path values) {
        Rendered rendered = Chart.render(values);
        JsonNode labels =
                rendered.ofKind("StatefulSet")
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/template/metadata/labels");

        Stream<JsonNode> selectors =
                Stream.concat(
                        rendered.ofKind("Service").map(o -> o.at("/spec/selector")),
                        Stream.concat(
                                Stream.of("StatefulSet", "PodDisruptionBudget")
                                        .flatMap(rendered::ofKind)
                                        .map(o -> o.at("/spec/selector/matchLabels")),
                                rendered.ofKind("NetworkPolicy")
                                        .map(o -> o.at("/spec/podSelector/matchLabels"))));

        assertThat(selectors.toList())
                .isNotEmpty()
                .allSatisfy(
                        selector -> {
                            assertThat(selector.properties())
                                    .allMatch(labels.properties()::contains);
                            assertThat(selector.at("/app.kubernetes.io~1component").asString())
                                    .isEqualTo("server");
                        });
    }
}
