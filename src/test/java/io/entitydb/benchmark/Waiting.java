package io.entitydb.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what tells nobody that it is done. */
final class Waiting {

    private static final long MOMENT_MILLIS = 5;

    private Waiting() {}

    static void aMoment() {
        forMillis(MOMENT_MILLIS);
    }

    static void forMillis(long millis) {
        try {
            if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
