package io.entitydb.web.changes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How the feed of changes is served.
 *
 * @param maxFeeds Clients that may follow the changes at once, live or waiting for a page; more are
 *     refused. 1 to 100,000.
 * @param maxFeedsPerPrincipal As many of them that one user may have. 1 to 100,000.
 * @param checkpointInterval Longest time between two checkpoints of a live feed; 100ms to 10s.
 */
@Validated
@ConfigurationProperties(ChangesProperties.PREFIX)
public record ChangesProperties(
        @DefaultValue("1000") int maxFeeds,
        @DefaultValue("100") int maxFeedsPerPrincipal,
        @DefaultValue("5s") Duration checkpointInterval) {

    static final String PREFIX = "entitydb.web.changes";

    private static final int MOST_FEEDS = 100_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Refuses values that make no sense, naming the property. */
    public ChangesProperties {
        requireFeeds("max-feeds", maxFeeds);
        requireFeeds("max-feeds-per-principal", maxFeedsPerPrincipal);
        if (checkpointInterval.compareTo(SHORTEST) < 0
                || checkpointInterval.compareTo(LONGEST) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".checkpoint-interval",
                    checkpointInterval,
                    "must be between 100ms and 10s");
        }
    }

    private static void requireFeeds(String property, int feeds) {
        if (feeds < 1 || feeds > MOST_FEEDS) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "." + property, feeds, "must be between 1 and 100,000");
        }
    }
}
