package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.observability.MeterNames;
import io.entitydb.observability.PlatformNames;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alerts and dashboard ask for nothing that nobody gives: such an alert never fires. */
class MeterNamesOfTheChartTests {

    private static final Set<String> KNOWN =
            Stream.of(
                            MeterNames.all(),
                            PlatformNames.PROCESS,
                            PlatformNames.LATER,
                            PlatformNames.CLUSTER)
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());

    @Test
    void alertsAskForKnownNames() {
        Set<String> asked = new TreeSet<>();
        for (JsonNode alert : Alerts.all()) {
            Set<String> names = PromQl.names(alert.at("/expr").asString());
            assertThat(names).as("%s", alert).isNotEmpty();
            asked.addAll(names);
        }

        assertThat(KNOWN).containsAll(asked);
    }

    @Test
    void dashboardAsksForKnownNames() {
        Set<String> asked = new TreeSet<>();
        JsonMapper.shared()
                .readTree(Chart.file("files/dashboard.json"))
                .at("/panels")
                .valueStream()
                .flatMap(panel -> panel.at("/targets").valueStream())
                .forEach(target -> asked.addAll(PromQl.names(target.at("/expr").asString())));

        assertThat(asked).hasSizeGreaterThan(40);
        assertThat(KNOWN).containsAll(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "up{a=\"b\"} == 0 or absent(up{a=\"b\"})                    | up",
                "sum by (pod) (rate(x_total{a=\"y_total\"}[5m])) > 1e3      | x_total",
                "time() - (a_seconds > 0 or b_seconds) > $threshold         | a_seconds,b_seconds",
                "increase(c[1h]) > 0 and on (pod) d == 1                    | c,d",
                "histogram_quantile(0.99, sum by (le) (rate(e_bucket[5m]))) | e_bucket",
                "predict_linear(f{g=\"}\"}[6h], 4 * 86400) < 0              | f",
            })
    void namesAreFound(String expression, String names) {
        assertThat(PromQl.names(expression)).containsExactly(names.split(","));
    }
}
