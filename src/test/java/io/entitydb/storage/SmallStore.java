package io.entitydb.storage;

import io.entitydb.storage.io.Disk;

import java.time.Duration;

/** Options of the stores that crash tests make by the thousand. */
final class SmallStore {

    static final int GROWTH_BYTES = 16 << 10;

    private SmallStore() {}

    /** An engine of small files, whose threads are a crew's. */
    static StorageEngine engine(
            Disk disk, Duration idlePublish, StorageObserver observer, Crew crew) {
        return engine(disk, options(idlePublish), observer, crew);
    }

    /** An engine whose threads are a crew's. */
    static StorageEngine engine(
            Disk disk, StorageOptions options, StorageObserver observer, Crew crew) {
        return new LogStorageEngine(new EngineSettings(disk, options, observer, crew));
    }

    /** Grows in small steps; writes a checkpoint only when it is asked for; is not reopened. */
    static StorageOptions options(Duration idlePublish) {
        return StorageOptions.defaults().toBuilder()
                .growthBytes(GROWTH_BYTES)
                .checkpointBytes(1L << 40)
                .queueCapacity(1024)
                .batchBytes(64 << 10)
                .commitTimeout(Duration.ofSeconds(60))
                .idlePublish(idlePublish)
                .reopenings(0)
                .build();
    }
}
