package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;

class ChangesPropertiesTests {

    private static final String PREFIX = "entitydb.web.changes.";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ChangesProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaultsKeepThePromiseOfACheckpointEveryTenSeconds() {
        runner.run(
                context ->
                        assertThat(context.getBean(ChangesProperties.class))
                                .isEqualTo(
                                        new ChangesProperties(1000, 100, Duration.ofSeconds(5))));
    }

    @Test
    void valuesAtTheBordersAreTaken() {
        runner.withPropertyValues(PREFIX + "max-feeds=1", PREFIX + "checkpoint-interval=10s")
                .run(
                        context ->
                                assertThat(context.getBean(ChangesProperties.class))
                                        .isEqualTo(
                                                new ChangesProperties(
                                                        1, 100, Duration.ofSeconds(10))));
    }

    @ParameterizedTest
    @CsvSource({
        "max-feeds, 0",
        "max-feeds, -1",
        "max-feeds-per-principal, 0",
        "max-feeds-per-principal, 100001",
        "max-feeds, 100001",
        "checkpoint-interval, 99ms",
        "checkpoint-interval, 10001ms",
        "checkpoint-interval, -1s"
    })
    void valuesOutOfRangeEndTheStartAndNameTheProperty(String name, String value) {
        runner.withPropertyValues(PREFIX + name + "=" + value)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(
                                                InvalidConfigurationPropertyValueException.class)
                                        .hasMessageContaining(PREFIX + name));
    }
}
