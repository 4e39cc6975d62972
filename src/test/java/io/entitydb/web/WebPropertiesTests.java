package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

class WebPropertiesTests {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WebProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void bodyHasADefaultLimit() {
        runner.run(
                context ->
                        assertThat(context.getBean(WebProperties.class).maxBody())
                                .isEqualTo(DataSize.ofMegabytes(16)));
    }

    @Test
    void limitIsSet() {
        runner.withPropertyValues("entitydb.web.max-body=1KB")
                .run(
                        context ->
                                assertThat(context.getBean(WebProperties.class).maxBody())
                                        .isEqualTo(DataSize.ofKilobytes(1)));
    }

    @Test
    void contentsHaveLimitsOfTheirOwn() {
        runner.run(
                context -> {
                    WebProperties properties = context.getBean(WebProperties.class);
                    assertThat(properties.maxContent()).isEqualTo(DataSize.ofGigabytes(4));
                    assertThat(properties.uploadTimeout()).isEqualTo(Duration.ofHours(1));
                });
        runner.withPropertyValues("entitydb.web.max-content=2GB", "entitydb.web.upload-timeout=5s")
                .run(
                        context -> {
                            WebProperties properties = context.getBean(WebProperties.class);
                            assertThat(properties.maxContent()).isEqualTo(DataSize.ofGigabytes(2));
                            assertThat(properties.uploadTimeout()).isEqualTo(Duration.ofSeconds(5));
                        });
        runner.withPropertyValues("entitydb.web.upload-timeout=0s")
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("uploadTimeout"));
    }

    @ParameterizedTest
    @CsvSource({
        "body-timeout, 0s, bodyTimeout",
        "body-timeout, 2h, bodyTimeout",
        "header-timeout, 0s, headerTimeout",
        "header-timeout, 11m, headerTimeout"
    })
    void timeoutsOutOfRangeEndTheStart(String property, String value, String member) {
        runner.withPropertyValues("entitydb.web." + property + "=" + value)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining(member));
    }

    @ParameterizedTest
    @CsvSource({
        "max-body, 0",
        "max-body, 1023B",
        "max-body, 513MB",
        "max-body, -1",
        "max-content, 1023B",
        "max-content, 5GB",
        "max-content, 4294967297B"
    })
    void limitsOutOfRangeEndTheStartAndNameTheProperty(String property, String value) {
        runner.withPropertyValues("entitydb.web." + property + "=" + value)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(
                                                InvalidConfigurationPropertyValueException.class)
                                        .hasMessageContaining("entitydb.web." + property));
    }
}
