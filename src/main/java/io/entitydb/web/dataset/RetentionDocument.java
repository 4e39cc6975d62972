package io.entitydb.web.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Retention;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;

/**
 * How much of the past a dataset keeps. A version goes if either bound says so; the newest one of
 * an entity never goes.
 *
 * @param maxVersions most versions that are kept of an entity
 * @param maxAge longest time that a version is kept after the next one was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Retention")
record RetentionDocument(
        @Schema(
                        description = "Most versions that are kept of an entity",
                        minimum = "1",
                        maximum = "1000000000",
                        example = "100")
                @Nullable Long maxVersions,
        @Schema(
                        description =
                                "Longest time that a version is kept after the next one was made:"
                                        + " days, hours, minutes and seconds of ISO 8601",
                        example = "P365D")
                @Nullable String maxAge) {

    private static final long MOST_VERSIONS = 1_000_000_000;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * The rule.
     *
     * @throws InvalidEntityException naming the member that makes no sense
     */
    Retention.Rule rule() {
        if (maxVersions == null && maxAge == null) {
            throw new InvalidEntityException("", "maxVersions, maxAge or both are needed");
        }
        if (maxVersions != null && (maxVersions < 1 || maxVersions > MOST_VERSIONS)) {
            throw new InvalidEntityException("/maxVersions", "1 to " + MOST_VERSIONS);
        }
        return new Retention.Rule(maxVersions == null ? 0 : maxVersions, age());
    }

    private @Nullable Duration age() {
        if (maxAge == null) {
            return null;
        }
        try {
            Duration age = Duration.parse(maxAge);
            if (age.isNegative() || age.compareTo(LONGEST) > 0) {
                throw new InvalidEntityException("/maxAge", "PT0S to P36500D");
            }
            return age;
        } catch (DateTimeException e) {
            throw new InvalidEntityException("/maxAge", "a duration such as P365D or PT12H");
        }
    }
}
