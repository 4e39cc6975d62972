package io.entitydb.storage.io;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.storage.error.StorageLockedException;

import java.util.HashSet;
import java.util.Set;

/** The locks that are held on a {@link SimulatedDisk}. */
final class SimulatedLocks {

    @GuardedBy("this")
    private final Set<String> held = new HashSet<>();

    synchronized int count() {
        return held.size();
    }

    /**
     * Takes a lock.
     *
     * @param directory how messages name the disk
     */
    synchronized DiskLock take(String directory, String file) {
        if (!held.add(file)) {
            throw new StorageLockedException(directory, "this process");
        }
        return new DiskLock() {

            private boolean isHeld = true;

            @Override
            public void close() {
                synchronized (SimulatedLocks.this) {
                    if (isHeld) {
                        isHeld = false;
                        held.remove(file);
                    }
                }
            }
        };
    }
}
