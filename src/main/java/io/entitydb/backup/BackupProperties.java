package io.entitydb.backup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How backups are made, as an operator sets it.
 *
 * @param directory Directory for backups, of this store alone; best on another device. Without it
 *     there are none.
 * @param schedule When backups are made, in UTC: a cron expression of six fields, the first of them
 *     seconds. Without it they are made when they are asked for.
 * @param increments Most increments that continue a full backup, before the next full one is made;
 *     0 to 10,000.
 * @param keep Full backups that are kept, each with its increments; older ones are deleted when one
 *     was made. 1 to 10,000.
 * @param rate How much is read or written for a backup in a second; at least 64KB.
 * @param maxAge Age of the newest backup above which health is DEGRADED, if something was written
 *     since; more than the time between two backups.
 */
@Validated
@ConfigurationProperties(BackupProperties.PREFIX)
record BackupProperties(
        @Nullable Path directory,
        @Nullable String schedule,
        @DefaultValue("30") @Min(0) @Max(10_000) int increments,
        @DefaultValue("4") @Min(1) @Max(10_000) int keep,
        @DefaultValue("64MB") DataSize rate,
        @DefaultValue("2d") @DurationMin(seconds = 1) Duration maxAge) {

    static final String PREFIX = "entitydb.backup";

    private static final DataSize SLOWEST = DataSize.ofKilobytes(64);

    /**
     * The options.
     *
     * @throws InvalidConfigurationPropertyValueException if the rate makes no sense
     */
    BackupOptions toOptions() {
        if (rate.compareTo(SLOWEST) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".rate", rate, "must be 64KB or more");
        }
        return new BackupOptions(rate.toBytes(), increments, keep);
    }

    /**
     * When backups are made.
     *
     * @return null if only when they are asked for
     * @throws InvalidConfigurationPropertyValueException if that makes no sense
     */
    @Nullable CronExpression toSchedule() {
        if (schedule == null || schedule.isBlank()) {
            return null;
        }
        if (directory == null) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".schedule", schedule, "needs entitydb.backup.directory");
        }
        try {
            return CronExpression.parse(schedule);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + ".schedule", schedule, "must be a cron expression of six fields");
        }
    }
}
