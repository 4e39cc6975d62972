package io.entitydb.storage;

import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;

/**
 * Claims space before a commit needs it: zeroed, forced, and told by the header before it is used.
 * Used by the writer's thread only.
 */
final class Space {

    private final Wal wal;
    private final RecoveredStore store;
    private final HeaderSync headerSync;
    private final StorageOptions options;
    private final StorageObserver observer;
    private volatile boolean isFull;

    Space(RecoveredStore store, EngineSettings settings) {
        this.store = store;
        wal = store.wal();
        headerSync = store.headerSync();
        options = settings.options();
        observer = settings.observer();
    }

    /** Whether the last attempt to claim space found none. */
    boolean isFull() {
        return isFull;
    }

    /**
     * Makes sure that so many bytes can be appended.
     *
     * @throws StorageFullException if there is no space; nothing that counts was touched
     */
    void reserve(long bytes) {
        long missing = bytes - wal.freeBytes();
        if (missing > 0) {
            claim(missing);
        }
    }

    /** Tries to claim space again after there was none. */
    void probe() {
        try {
            claim(options.growthBytes());
        } catch (StorageFullException e) {
            isFull = true;
        }
    }

    private void claim(long bytes) {
        long steps = Math.ceilDiv(bytes, options.growthBytes());
        long before = wal.allocatedBytes();
        long size = before + steps * options.growthBytes();
        try {
            if (size > options.maxFileBytes()) {
                throw new StorageFullException(size - before, options.maxFileBytes() - before);
            }
            wal.claim(size);
        } catch (StorageFullException e) {
            isFull = true;
            throw e;
        }
        headerSync.update(header -> header.withFileSize(size));
        wal.allocated(size);
        store.reader().readable(size);
        observer.extended(size - before);
        isFull = false;
    }
}
