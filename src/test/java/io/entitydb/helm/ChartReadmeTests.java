package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The chart's README says what its files say. */
class ChartReadmeTests {

    private static final Path README = Chart.DIRECTORY.resolve("README.md");
    private static final Pattern RUNBOOK =
            Pattern.compile("(?m)^### (EntityDB\\w+)\n\n(\\S.{40,})");

    private final ValuesTable values = ValuesTable.of(Chart.file("values.yaml"));

    @Test
    void tableOfValuesIsThatOfTheirComments() throws IOException {
        GeneratedPart.check(README, "values", values.markdown());
    }

    @Test
    void everyValueIsDescribed() {
        assertThat(values.undescribed()).isEmpty();
        assertThat(values.described()).hasSizeGreaterThan(100);
    }

    @Test
    void tableOfAlertsIsThatOfTheirFile() throws IOException {
        GeneratedPart.check(README, "alerts", Alerts.markdown());
    }

    @Test
    void everyAlertHasItsRunbookAndNoOtherHas() {
        List<String> sections =
                RUNBOOK.matcher(Chart.file("README.md"))
                        .results()
                        .map((MatchResult section) -> section.group(1))
                        .toList();

        assertThat(sections).containsExactlyElementsOf(Alerts.names());
    }
}
