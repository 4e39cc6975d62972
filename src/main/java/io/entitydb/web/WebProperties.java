package io.entitydb.web;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How much the REST interface takes.
 *
 * @param maxBody Largest body of a request, and largest content put into one answer; 1KB to 512MB.
 * @param maxContent Largest content sent as bytes; 1KB to 4GB.
 * @param uploadTimeout Longest time that such a content may take to arrive.
 * @param bodyTimeout Longest time that a body held in memory may take to arrive; 1s to 1h.
 * @param headerTimeout Longest time that the head of a request may take to arrive; 1s to 10m.
 */
@Validated
@ConfigurationProperties(WebProperties.PREFIX)
public record WebProperties(
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("4GB") DataSize maxContent,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration uploadTimeout,
        @DefaultValue("2m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration bodyTimeout,
        @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
                Duration headerTimeout) {

    static final String PREFIX = "entitydb.web";

    private static final DataSize SMALLEST = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST = DataSize.ofMegabytes(512);
    private static final DataSize LARGEST_CONTENT = DataSize.ofGigabytes(4);

    /** Refuses sizes that make no sense, naming the property. */
    public WebProperties {
        require(maxBody, LARGEST, "max-body", "must be between 1KB and 512MB");
        require(maxContent, LARGEST_CONTENT, "max-content", "must be between 1KB and 4GB");
    }

    private static void require(DataSize size, DataSize largest, String property, String rule) {
        if (size.compareTo(SMALLEST) < 0 || size.compareTo(largest) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "." + property, size, rule);
        }
    }
}
