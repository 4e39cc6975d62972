package io.entitydb.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what tells nobody that it is done. */
public final class Waiting {

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final long MOMENT_MILLIS = 5;

    private Waiting() {}

    /** Waits a little. */
    public static void aMoment() {
        forMillis(MOMENT_MILLIS);
    }

    /** Waits that long. */
    public static void forMillis(long millis) {
        forNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Waits that long; not at all for no time. */
    static void forNanos(long nanos) {
        try {
            if (NEVER.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
