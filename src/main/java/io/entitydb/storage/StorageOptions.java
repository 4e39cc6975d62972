package io.entitydb.storage;

import io.entitydb.storage.log.VersionCache;
import io.entitydb.storage.recovery.RecoveryOptions;

import lombok.Builder;

import java.time.Duration;

/**
 * How a store is run.
 *
 * @param isReadOnly open an existing store without changing a byte of it
 * @param growthBytes how far the file is extended at a time; a multiple of 4,096
 * @param maxFileBytes size that the file may not pass
 * @param checkpointBytes log written since the last checkpoint that starts the next one
 * @param queueCapacity transactions that may wait for the writer
 * @param batchBytes bytes of frames that one force may carry, more or less
 * @param commitTimeout how long a commit is waited for before its outcome counts as unknown
 * @param idlePublish quiet time after which the header is brought up to date
 * @param durability when a commit is acknowledged
 * @param reopenings how often in a row the store is opened again after a failed write or force
 * @param reopenDelay pause before the first of them; each further one is twice as long
 * @param scrub how data at rest is checked
 * @param uploads how contents are received in pieces
 * @param cachedVersions versions of up to 4 KiB that are kept in memory; 0 for none
 */
@Builder(toBuilder = true)
public record StorageOptions(
        boolean isReadOnly,
        long growthBytes,
        long maxFileBytes,
        long checkpointBytes,
        int queueCapacity,
        int batchBytes,
        Duration commitTimeout,
        Duration idlePublish,
        Durability durability,
        int reopenings,
        Duration reopenDelay,
        ScrubOptions scrub,
        UploadOptions uploads,
        int cachedVersions) {

    /** Most versions that may be kept in memory. */
    public static final int MAX_CACHED_VERSIONS = 1 << 22;

    private static final long KIB = 1024;

    /** Refuses values that make no sense. */
    public StorageOptions {
        require(growthBytes >= 4 * KIB && growthBytes % 4096 == 0, "growthBytes", growthBytes);
        require(maxFileBytes >= growthBytes, "maxFileBytes", maxFileBytes);
        require(checkpointBytes >= 4 * KIB, "checkpointBytes", checkpointBytes);
        require(queueCapacity > 0, "queueCapacity", queueCapacity);
        require(batchBytes >= 64 * KIB, "batchBytes", batchBytes);
        require(commitTimeout.isPositive(), "commitTimeout", commitTimeout.toMillis());
        require(idlePublish.isPositive(), "idlePublish", idlePublish.toMillis());
        require(reopenings >= 0, "reopenings", reopenings);
        require(
                cachedVersions >= 0 && cachedVersions <= MAX_CACHED_VERSIONS,
                "cachedVersions",
                cachedVersions);
        require(reopenDelay.isPositive(), "reopenDelay", reopenDelay.toMillis());
    }

    /** What a service on one machine needs. */
    public static StorageOptions defaults() {
        return new StorageOptions(
                false,
                16 * KIB * KIB,
                Long.MAX_VALUE,
                256 * KIB * KIB,
                4096,
                (int) (4 * KIB * KIB),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                new Durability.Forced(),
                5,
                Duration.ofSeconds(1),
                ScrubOptions.OFF,
                UploadOptions.DEFAULTS,
                cachedVersionsFor(Runtime.getRuntime().maxMemory()));
    }

    /** How many versions of a usual size fit into an eighth of a heap. */
    static int cachedVersionsFor(long heapBytes) {
        return Math.clamp(heapBytes / 8 / VersionCache.VERSION_BYTES, 1024, MAX_CACHED_VERSIONS);
    }

    /** What recovery needs to know. */
    RecoveryOptions toRecovery() {
        return new RecoveryOptions(
                isReadOnly, growthBytes, durability instanceof Durability.Interval);
    }

    private static void require(boolean holds, String option, long value) {
        if (!holds) {
            throw new IllegalArgumentException(option + " out of range: " + value);
        }
    }
}
