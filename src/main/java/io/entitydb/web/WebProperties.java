package io.entitydb.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much the REST interface takes.
 *
 * @param maxBody Largest body of a request, and largest content that is put into one answer.
 *     Between 1KB and 512MB: a body is held in memory as a whole.
 */
@Validated
@ConfigurationProperties(WebProperties.PREFIX)
public record WebProperties(@DefaultValue("16MB") DataSize maxBody) {

    static final String PREFIX = "entitydb.web";

    private static final DataSize SMALLEST = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST = DataSize.ofMegabytes(512);

    /** Refuses sizes that make no sense, naming the property. */
    public WebProperties {
        if (maxBody.compareTo(SMALLEST) < 0 || maxBody.compareTo(LARGEST) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".max-body", maxBody, "must be between 1KB and 512MB");
        }
    }
}
