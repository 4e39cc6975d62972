package io.entitydb.web.changes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

/**
 * How the feed of changes is served.
 *
 * @param maxFeeds Clients that may follow the changes at once; more are refused. 1 to 100,000.
 */
@Validated
@ConfigurationProperties(ChangesProperties.PREFIX)
public record ChangesProperties(@DefaultValue("1000") int maxFeeds) {

    static final String PREFIX = "entitydb.web.changes";

    private static final int MOST_FEEDS = 100_000;

    /** Refuses values that make no sense, naming the property. */
    public ChangesProperties {
        if (maxFeeds < 1 || maxFeeds > MOST_FEEDS) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".max-feeds", maxFeeds, "must be between 1 and 100,000");
        }
    }
}
