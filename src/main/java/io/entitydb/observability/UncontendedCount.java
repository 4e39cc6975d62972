package io.entitydb.observability;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.storage.header.HeaderCounters;

/**
 * Acquisitions of the header's lock that had not to wait, as a count that never goes down.
 *
 * <p>A thread that waits counts as contended at once and as an acquisition when it has the lock, so
 * the difference of the two may fall for a moment. A counter that falls means a restart to
 * Prometheus, which then adds its whole value once more.
 */
final class UncontendedCount {

    @GuardedBy("this")
    private long acquired;

    @GuardedBy("this")
    private long shown;

    /** The count by these figures, and not less than it was, unless they began anew. */
    synchronized long of(HeaderCounters counters) {
        boolean isReopened = counters.lockAcquired() < acquired;
        acquired = counters.lockAcquired();
        long now = Math.max(0, acquired - counters.lockContended());
        shown = isReopened ? now : Math.max(shown, now);
        return shown;
    }
}
