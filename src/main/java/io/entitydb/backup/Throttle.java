package io.entitydb.backup;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.repair.Progress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Slows work down to a rate, so that those who read and write the store do not wait for the disk,
 * and ends it when it is not wanted any more. Serves one thread; {@link #cancel} is for any.
 */
final class Throttle implements Progress {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Shorter waits are put together. */
    private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();

    private final long bytesPerSecond;
    private final Progress told;
    private final CountDownLatch cancelled = new CountDownLatch(1);
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
        cancelled.countDown();
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
        try {
            if (cancelled.await(dueNanos - now, TimeUnit.NANOSECONDS)) {
                throw unwanted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwanted();
        }
    }

    private void requireWanted() {
        if (cancelled.getCount() == 0) {
            throw unwanted();
        }
    }

    private static StorageClosedException unwanted() {
        return new StorageClosedException("closing");
    }
}
