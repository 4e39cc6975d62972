package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

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
    void limitsOutOfRangeEndTheStartAndNameTheProperty() {
        for (String value : new String[] {"0", "1023B", "513MB", "-1"}) {
            runner.withPropertyValues("entitydb.web.max-body=" + value)
                    .run(
                            context ->
                                    assertThat(context)
                                            .hasFailed()
                                            .getFailure()
                                            .rootCause()
                                            .isInstanceOf(
                                                    InvalidConfigurationPropertyValueException
                                                            .class)
                                            .hasMessageContaining("entitydb.web.max-body"));
        }
    }
}
