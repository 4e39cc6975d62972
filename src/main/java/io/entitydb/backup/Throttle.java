package io.entitydb.backup;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.repair.Progress;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows work down to a rate, so that those who read and write the store do not wait for the disk,
 * and ends it when it is not wanted any more. Serves one thread; {@link #cancel} is for any.
 */
final class Throttle implements Progress {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Shorter waits are put together. */
    private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();

    private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

    private final long bytesPerSecond;
    private final Progress told;
    private volatile boolean isCancelled;
    private String activity = "";
    private long done;
    private long dueNanos = System.nanoTime();

    /**
     * A throttle.
     *
     * @param bytesPerSecond most bytes in a second
     * @param told is told of all progress
     */
    Throttle(long bytesPerSecond, Progress told) {
        this.bytesPerSecond = bytesPerSecond;
        this.told = told;
    }

    /** The work ends with the next bytes. */
    void cancel() {
        isCancelled = true;
    }

    @Override
    public void at(String newActivity, long newDone, long total) {
        requireWanted();
        long bytes = newActivity.equals(activity) ? newDone - done : newDone;
        activity = newActivity;
        done = newDone;
        told.at(newActivity, newDone, total);
        await(bytes);
    }

    private void await(long bytes) {
        long now = System.nanoTime();
        dueNanos =
                Math.max(dueNanos, now - LEAST_NANOS)
                        + (long) ((double) bytes / bytesPerSecond * NANOS_PER_SECOND);
        if (dueNanos - now < LEAST_NANOS) {
            return;
        }
        while (dueNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(SLICE_NANOS, dueNanos - System.nanoTime()));
            requireWanted();
        }
    }

    private void requireWanted() {
        if (isCancelled || Thread.interrupted()) {
            throw new StorageClosedException("closing");
        }
    }
}
