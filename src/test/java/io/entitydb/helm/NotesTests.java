package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands that Helm prints after an installation work as they are printed. */
class NotesTests {

    /** Objects that commands name, as kubectl takes them. */
    private static final Pattern OBJECT =
            Pattern.compile("\\b(service|statefulset|cronjob|secret)[/ ]([a-z0-9-]+)");

    private static final Pattern FORWARD =
            Pattern.compile("kubectl port-forward service/(\\S+) (\\d+):(\\d+) ");

    static List<Path> values() {
        return Chart.values();
    }

    @ParameterizedTest
    @MethodSource("values")
    void objectsThatCommandsNameAreThere(Path values) {
        List<String> names = Chart.render(values).names();
        List<String> commands = commands(values);

        assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
        for (MatchResult object : OBJECT.matcher(String.join("\n", commands)).results().toList()) {
            String kind =
                    switch (object.group(1)) {
                        case "service" -> "Service";
                        case "statefulset" -> "StatefulSet";
                        case "cronjob" -> "CronJob";
                        default -> "Secret";
                    };
            if (!kind.equals("Secret") || !isOfTheUser(object.group(2))) {
                assertThat(names).contains(kind + "/" + object.group(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void portsThatCommandsForwardAreThoseOfTheServices(Path values) {
        Rendered rendered = Chart.render(values);
        List<MatchResult> forwards =
                FORWARD.matcher(String.join("\n", commands(values))).results().toList();

        assertThat(forwards).hasSize(2);
        for (MatchResult forward : forwards) {
            assertThat(
                            rendered.object("Service", forward.group(1))
                                    .at("/spec/ports")
                                    .valueStream()
                                    .map(port -> port.at("/port").asString()))
                    .contains(forward.group(3));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyCommandNamesItsNamespace(Path values) {
        assertThat(commands(values))
                .filteredOn(command -> !command.startsWith("curl"))
                .allMatch(command -> command.contains("--namespace " + Chart.NAMESPACE));
    }

    @ParameterizedTest
    @MethodSource("values")
    void keyOfThePasswordIsThatOfTheSecret(Path values) {
        String key =
                Chart.render(values)
                        .ofKind("StatefulSet")
                        .flatMap(set -> set.at("/spec/template/spec/volumes").valueStream())
                        .filter(volume -> volume.at("/name").asString().equals("auth"))
                        .map(volume -> volume.at("/secret/items/0/key"))
                        .map(JsonNode::asString)
                        .findFirst()
                        .orElseThrow();

        assertThat(Chart.notes(values))
                .contains("go-template='{{index .data \"%s\" | base64decode}}'".formatted(key));
    }

    private static List<String> commands(Path values) {
        return Chart.notes(values)
                .lines()
                .filter(line -> line.matches(" {2}(kubectl|helm|curl) .*"))
                .map(String::strip)
                .toList();
    }

    /** Secrets that the values name, and the chart does not make. */
    private static boolean isOfTheUser(String name) {
        return List.of("shop-secret", "from-vault").contains(name);
    }
}
