package io.entitydb.search;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How the search index is kept.
 *
 * @param commitInterval Longest that the index on the disk lags behind the one in use; 1ms to 1d.
 * @param gatherTime Longest that transactions gather before they are indexed, while no query has
 *     come for 5 s and commits come without a pause; at most 65,536 transactions or 64 MiB of log.
 *     Commits have the processor meanwhile; a query that comes waits until they are indexed. 0s to
 *     3s.
 * @param commitWait Longest that commits wait for a query that waits for the index for more than 5
 *     ms; they have as much time in turn. Without it, queries beside many clients that write take
 *     longer. 0s, which is never, to 1s.
 * @param queryWait How long a query waits for an index that lags behind, before it is refused; 1ms
 *     to 1d.
 */
@Validated
@ConfigurationProperties("entitydb.search")
record SearchProperties(
        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(days = 1)
                Duration commitInterval,
        @DefaultValue("2s") @DurationMin @DurationMax(seconds = 3) Duration gatherTime,
        @DefaultValue("25ms") @DurationMin @DurationMax(seconds = 1) Duration commitWait,
        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(days = 1) Duration queryWait) {}
