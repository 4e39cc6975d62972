package io.entitydb.search;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.header.Header;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Which history is told: sequences of another origin mean something else.
 *
 * @param storeId names the store
 * @param epoch grows when history may differ from what was shown before
 */
record IndexOrigin(UUID storeId, long epoch) {

    /**
     * The origin of what the engine gives.
     *
     * @throws StorageClosedException if it is not open
     */
    static IndexOrigin of(StorageEngine engine) {
        return of(headerOf(engine));
    }

    /** The origin of what a file holds. */
    static IndexOrigin of(Header header) {
        return new IndexOrigin(header.identity().storeId(), header.epoch());
    }

    /**
     * The header of what the engine has open.
     *
     * @throws StorageClosedException if it has nothing open
     */
    static Header headerOf(StorageEngine engine) {
        @Nullable Header header = engine.status().header();
        if (header == null) {
            throw new StorageClosedException(engine.state().label());
        }
        return header;
    }
}
