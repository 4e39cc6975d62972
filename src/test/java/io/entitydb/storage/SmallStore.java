package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.storage.io.Disk;

import java.time.Duration;

/** Options of the stores that crash tests make by the thousand. */
final class SmallStore {

    static final int GROWTH_BYTES = 16 << 10;

    /** Bytes of a piece of an upload. */
    static final int PIECE_BYTES = 256;

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

    /** What an upload makes of some bytes, given to it in parts that are no pieces. */
    static Content upload(ContentUpload upload, String mediaType, byte[] bytes) {
        write(upload, bytes, 0, bytes.length);
        return upload.finish(mediaType);
    }

    /** Passes some of an array to an upload, in parts that are no pieces. */
    static void write(ContentUpload upload, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += 100) {
            upload.write(bytes, at, Math.min(100, to - at));
        }
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
                .uploads(new UploadOptions(4, PIECE_BYTES))
                .cachedVersions(64)
                .build();
    }
}
