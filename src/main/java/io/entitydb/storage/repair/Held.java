package io.entitydb.storage.repair;

import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskLock;
import io.entitydb.storage.recovery.StoreFiles;

import org.jspecify.annotations.Nullable;

/**
 * The lock of a directory while a command works in it.
 *
 * @param lock what is held; null where nothing needs to be
 * @param unlocked the directory, if it has no lock file, so that somebody may open it meanwhile
 */
record Held(@Nullable DiskLock lock, @Nullable Disk unlocked) implements AutoCloseable {

    /**
     * Locks a directory to change it, unless it takes no writes.
     *
     * @throws StorageLockedException if a service has it open
     */
    static Held of(Disk disk) {
        return new Held(disk.isWritable() ? disk.lock(StoreFiles.LOCK) : null, null);
    }

    /**
     * Locks the directory of a store to look at it, without changing a byte. Where no service ever
     * was there is no file to lock, and none is made. A copy needs no lock.
     *
     * @throws StorageLockedException if a service has it open
     */
    static Held toLookAt(StorePlace place) {
        if (!place.isStore()) {
            return new Held(null, null);
        }
        Disk disk = place.disk();
        if (disk.list().contains(StoreFiles.LOCK)) {
            return new Held(disk.lockToLook(StoreFiles.LOCK), null);
        }
        return new Held(null, disk);
    }

    /**
     * Requires that nobody has opened the directory since, which a missing lock file would allow.
     *
     * @throws StorageLockedException if somebody has: what was read may have been half written
     */
    void requireUnopened() {
        if (unlocked != null && unlocked.list().contains(StoreFiles.LOCK)) {
            throw new StorageLockedException(unlocked.name(), "a service that opened it meanwhile");
        }
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
