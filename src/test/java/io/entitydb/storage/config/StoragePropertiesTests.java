package io.entitydb.storage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.entitydb.storage.Durability;
import io.entitydb.storage.ScrubOptions;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.UploadOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.nio.file.Path;
import java.time.Duration;

@ExtendWith(OutputCaptureExtension.class)
class StoragePropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Options.class);

    @Test
    void withoutSettingsTheEngineRunsByItsOwnDefaults() {
        context.run(
                started -> {
                    assertThat(started.getBean(StorageProperties.class).directory())
                            .isEqualTo(Path.of("data"));
                    assertThat(started.getBean(StorageOptions.class))
                            .isEqualTo(
                                    StorageOptions.defaults().toBuilder()
                                            .scrub(
                                                    new ScrubOptions(
                                                            true, 16 << 20, Duration.ofDays(1)))
                                            .build());
                });
    }

    @Test
    void everySettingReachesTheEngine() {
        context.withPropertyValues(
                        "entitydb.storage.directory=/srv/store",
                        "entitydb.storage.growth=1MB",
                        "entitydb.storage.max-file-size=2GB",
                        "entitydb.storage.checkpoint-size=3MB",
                        "entitydb.storage.queue-capacity=5",
                        "entitydb.storage.max-uploads=6",
                        "entitydb.storage.batch-size=128KB",
                        "entitydb.storage.commit-timeout=7s",
                        "entitydb.storage.idle-publish=8ms",
                        "entitydb.storage.durability=interval",
                        "entitydb.storage.force-interval=9ms",
                        "entitydb.storage.reopen-attempts=2",
                        "entitydb.storage.reopen-delay=3s",
                        "entitydb.storage.cached-versions=10",
                        "entitydb.storage.scrub.enabled=false",
                        "entitydb.storage.scrub.rate=2MB",
                        "entitydb.storage.scrub.pause=4h",
                        "entitydb.storage.read-only=true")
                .run(
                        started -> {
                            assertThat(started.getBean(StorageProperties.class).directory())
                                    .isEqualTo(Path.of("/srv/store"));
                            assertThat(started.getBean(StorageOptions.class))
                                    .isEqualTo(
                                            StorageOptions.defaults().toBuilder()
                                                    .isReadOnly(true)
                                                    .growthBytes(1L << 20)
                                                    .maxFileBytes(2L << 30)
                                                    .checkpointBytes(3L << 20)
                                                    .queueCapacity(5)
                                                    .uploads(new UploadOptions(6, 1 << 20))
                                                    .batchBytes(128 << 10)
                                                    .scrub(
                                                            new ScrubOptions(
                                                                    false,
                                                                    2 << 20,
                                                                    Duration.ofHours(4)))
                                                    .commitTimeout(Duration.ofSeconds(7))
                                                    .idlePublish(Duration.ofMillis(8))
                                                    .durability(
                                                            new Durability.Interval(
                                                                    Duration.ofMillis(9)))
                                                    .reopenings(2)
                                                    .reopenDelay(Duration.ofSeconds(3))
                                                    .cachedVersions(10)
                                                    .build());
                        });
    }

    @Test
    void directoryIsOfTheFileSystemAlsoWhenTheClassPathHasOneOfThatName() {
        context.withPropertyValues("entitydb.storage.directory=META-INF")
                .run(
                        started ->
                                assertThat(started.getBean(StorageProperties.class).directory())
                                        .isEqualTo(Path.of("META-INF")));
    }

    @ParameterizedTest
    @CsvSource({
        "growth, 60KB, must be 64KB or more",
        "growth, 65KB, must be a multiple of 4KB",
        "growth, lots, DataSize",
        "max-file-size, 1MB, must be as large as entitydb.storage.growth",
        "checkpoint-size, 1KB, must be 64KB or more",
        "batch-size, 1KB, must be between 64KB and 1GB",
        "batch-size, 2GB, must be between 64KB and 1GB",
        "queue-capacity, 0, must be greater than or equal to 1",
        "queue-capacity, many, NumberFormatException",
        "max-uploads, 0, must be greater than or equal to 1",
        "max-uploads, 2000, must be less than or equal to 1024",
        "commit-timeout, 0s, must be longer than or equal to 1 milli",
        "idle-publish, -1s, must be longer than or equal to 1 milli",
        "durability, sometimes, FSYNC",
        "force-interval, 0s, must be longer than or equal to 1 milli",
        "force-interval, 2m, must be shorter than or equal to 1 minute",
        "reopen-attempts, -1, must be greater than or equal to 0",
        "cached-versions, -1, must be greater than or equal to 0",
        "reopen-delay, 0s, must be longer than or equal to 1 milli",
        "read-only, perhaps, Invalid boolean value"
    })
    void aValueThatMakesNoSenseFailsTheStartAndIsNamed(
            String property, String value, String rule, CapturedOutput output) {
        SpringApplication application =
                new SpringApplicationBuilder(Options.class)
                        .web(WebApplicationType.NONE)
                        .properties("entitydb.storage." + property + "=" + value)
                        .build();

        Throwable failure = catchThrowable(() -> application.run());

        assertThat(failure).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "Description:", "Action:", rule)
                .contains("entitydb.storage." + property);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StorageProperties.class)
    @ImportAutoConfiguration(ValidationAutoConfiguration.class)
    static class Options {

        @Bean
        StorageOptions options(ObjectProvider<StorageProperties> properties) {
            return properties.getObject().toOptions();
        }
    }
}
