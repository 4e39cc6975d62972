package io.entitydb.search;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.header.Header;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Which history is told: sequences of another origin mean something else.
 *
 * @param fileId names the file of the store
 * @param epoch grows when history may differ from what was shown before
 */
record IndexOrigin(UUID fileId, long epoch) {

    /**
     * The origin of what the engine gives.
     *
     * @throws StorageClosedException if it is not open
     */
    static IndexOrigin of(StorageEngine engine) {
        @Nullable Header header = engine.status().header();
        if (header == null) {
            throw new StorageClosedException(engine.state().label());
        }
        return new IndexOrigin(header.identity().fileId(), header.epoch());
    }
}
