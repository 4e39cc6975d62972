package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Limits are generous unless somebody says otherwise, and what makes no sense is refused by name.
 */
class LimitPropertiesTests {

    private static final String PREFIX = "entitydb.security.limits.";

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @EnableConfigurationProperties(LimitProperties.class)
    static class Properties {}

    @Test
    void normalClientsNeverMeetTheDefaults() {
        runner.run(
                context ->
                        assertThat(context.getBean(LimitProperties.class))
                                .isEqualTo(new LimitProperties(10_000, 20_000, 200, 5, 60, 60)));
    }

    @ParameterizedTest
    @CsvSource({
        "principal-rate, 0",
        "address-rate, -1",
        "anonymous-rate, 1000001",
        "login-attempts, 1001",
        "failed-logins, 0",
        "audited-refusals, 6001",
    })
    void figuresOutOfRangeAreRefusedByName(String property, String value) {
        runner.withPropertyValues(PREFIX + property + "=" + value)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(
                                                InvalidConfigurationPropertyValueException.class)
                                        .hasMessageContaining(PREFIX + property));
    }
}
