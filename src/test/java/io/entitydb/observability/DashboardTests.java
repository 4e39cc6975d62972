package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The committed dashboard is the one that the meters make. */
class DashboardTests {

    private static final Path FILE = Path.of("helm", "entitydb", "files", "dashboard.json");

    @Test
    void committedDashboardIsTheOneOfTheMeters() throws IOException {
        if (Boolean.getBoolean("chart.update")) {
            Files.writeString(FILE, Dashboard.json());
        }

        assertThat(Files.readString(FILE))
                .as("the chart's README.md tells how to write it anew")
                .isEqualTo(Dashboard.json());
    }

    @ParameterizedTest
    @EnumSource
    void everyMeterHasAPanel(StoreMeter meter) {
        assertThat(Dashboard.json())
                .contains("\"title\" : \"" + meter.description() + "\"")
                .contains(MeterNames.family(meter));
    }
}
