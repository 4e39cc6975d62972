package io.entitydb.storage.repair;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

/** The lock of a directory; none where it cannot be locked, so that nobody can have it open. */
record Held(@Nullable DiskLock lock) implements AutoCloseable {

    /**
     * Locks a directory that can be written to.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if a service has it open
     */
    static Held of(Disk disk) {
        return new Held(disk.isWritable() ? disk.lock(StoreFiles.LOCK) : null);
    }

    /**
     * Locks the directory of a store to look at it. Where no service ever was there is no file to
     * lock, and none is made.
     *
     * @throws io.entitydb.storage.error.StorageLockedException if a service has it open
     */
    static Held toLookAt(StorePlace place) {
        boolean isShared = place.isStore() && place.disk().list().contains(StoreFiles.LOCK);
        return isShared ? of(place.disk()) : new Held(null);
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
