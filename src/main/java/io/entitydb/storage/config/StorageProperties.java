package io.entitydb.storage.config;

import io.entitydb.storage.ScrubOptions;
import io.entitydb.storage.StorageOptions;
import io.entitydb.storage.UploadOptions;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store is run, as an operator sets it.
 *
 * @param directory Data directory; made if it is missing. One process at a time may use it.
 * @param growth How far the file is extended at a time; a multiple of 4KB, at least 64KB.
 * @param maxFileSize Size that the file may not pass. Without it, the device is the limit.
 * @param checkpointSize Log since the last checkpoint that starts the next one, at least 64KB.
 * @param queueCapacity Transactions that may wait for the writer; more are refused at once.
 * @param maxUploads Contents that may be received at once, each with 1MB in memory; more are
 *     refused at once.
 * @param batchSize Data that one force may carry, more or less; 64KB to 1GB.
 * @param commitTimeout How long a commit is waited for; then its outcome is unknown.
 * @param idlePublish Quiet time after which the header is brought up to date.
 * @param durability When a commit is acknowledged: `fsync`, when it survives power loss;
 *     `interval`, when it is written. With `interval` a killed process loses nothing, but a crash
 *     of the operating system or power loss takes what came after the last force.
 * @param forceInterval With `interval`, the longest time between two forces while something is
 *     written; 1ms to 1m.
 * @param reopenAttempts How often in a row the store is opened again, in the running service, after
 *     a write or force has failed. `0` leaves it read-only until the service is restarted.
 * @param reopenDelay Pause before the first of these attempts; each further one is twice as long,
 *     up to a minute.
 * @param cachedVersions Versions of up to 4KB that are kept in memory, verified, because they are
 *     read often, and as much memory as they take at 2KB each; `0` for none. Without it, as many as
 *     fit into an eighth of the heap.
 * @param scrub How data at rest is checked.
 * @param readOnly Open an existing store without changing a byte of it.
 */
@Validated
@ConfigurationProperties(StorageProperties.PREFIX)
record StorageProperties(
        @DefaultValue("data") Path directory,
        @DefaultValue("16MB") DataSize growth,
        @Nullable DataSize maxFileSize,
        @DefaultValue("256MB") DataSize checkpointSize,
        @DefaultValue("4096") @Min(1) @Max(1 << 20) int queueCapacity,
        @DefaultValue("32") @Min(1) @Max(1024) int maxUploads,
        @DefaultValue("4MB") DataSize batchSize,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration commitTimeout,
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration idlePublish,
        @DefaultValue("fsync") Durability durability,
        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
                Duration forceInterval,
        @DefaultValue("5") @Min(0) @Max(1000) int reopenAttempts,
        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(hours = 1) Duration reopenDelay,
        @Nullable @Min(0) @Max(StorageOptions.MAX_CACHED_VERSIONS) Integer cachedVersions,
        @DefaultValue Scrub scrub,
        @DefaultValue("false") boolean readOnly) {

    /**
     * How data at rest is checked, while the store is open for writing.
     *
     * @param enabled Whether the log is read again and again while the service runs, and compared
     *     with its checksums, its chain and the index.
     * @param rate How much of it is read in a second, more or less; at least 64KB.
     * @param pause Time from the end of a pass to the beginning of the next.
     */
    record Scrub(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("16MB") DataSize rate,
            @DefaultValue("1d") @DurationMin(nanos = 0) Duration pause) {}

    /** When a commit is acknowledged. */
    enum Durability {
        /** When it survives power loss. */
        FSYNC,
        /** When it is written. */
        INTERVAL
    }

    static final String PREFIX = "entitydb.storage";

    private static final DataSize SMALLEST = DataSize.ofKilobytes(64);
    private static final DataSize LARGEST_BATCH = DataSize.ofGigabytes(1);
    private static final DataSize BLOCK = DataSize.ofKilobytes(4);

    /**
     * The engine's options.
     *
     * @throws InvalidConfigurationPropertyValueException if a size makes no sense; it names the
     *     property, the value and where it was set
     */
    StorageOptions toOptions() {
        require(growth.compareTo(SMALLEST) >= 0, "growth", growth, "must be 64KB or more");
        require(
                growth.toBytes() % BLOCK.toBytes() == 0,
                "growth",
                growth,
                "must be a multiple of 4KB");
        require(
                maxFileSize == null || maxFileSize.compareTo(growth) >= 0,
                "max-file-size",
                maxFileSize,
                "must be as large as entitydb.storage.growth or larger");
        require(
                checkpointSize.compareTo(SMALLEST) >= 0,
                "checkpoint-size",
                checkpointSize,
                "must be 64KB or more");
        require(
                batchSize.compareTo(SMALLEST) >= 0 && batchSize.compareTo(LARGEST_BATCH) <= 0,
                "batch-size",
                batchSize,
                "must be between 64KB and 1GB");
        require(
                scrub.rate().compareTo(SMALLEST) >= 0,
                "scrub.rate",
                scrub.rate(),
                "must be 64KB or more");
        StorageOptions defaults = StorageOptions.defaults();
        return defaults.toBuilder()
                .isReadOnly(readOnly)
                .cachedVersions(cachedVersions == null ? defaults.cachedVersions() : cachedVersions)
                .growthBytes(growth.toBytes())
                .maxFileBytes(maxFileSize == null ? Long.MAX_VALUE : maxFileSize.toBytes())
                .checkpointBytes(checkpointSize.toBytes())
                .queueCapacity(queueCapacity)
                .uploads(new UploadOptions(maxUploads, defaults.uploads().pieceBytes()))
                .batchBytes(Math.toIntExact(batchSize.toBytes()))
                .commitTimeout(commitTimeout)
                .idlePublish(idlePublish)
                .durability(engineDurability())
                .reopenings(reopenAttempts)
                .reopenDelay(reopenDelay)
                .scrub(new ScrubOptions(scrub.enabled(), scrub.rate().toBytes(), scrub.pause()))
                .build();
    }

    private io.entitydb.storage.Durability engineDurability() {
        return switch (durability) {
            case FSYNC -> new io.entitydb.storage.Durability.Forced();
            case INTERVAL -> new io.entitydb.storage.Durability.Interval(forceInterval);
        };
    }

    private static void require(
            boolean holds, String property, @Nullable DataSize value, String rule) {
        if (!holds) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "." + property, value, rule);
        }
    }
}
