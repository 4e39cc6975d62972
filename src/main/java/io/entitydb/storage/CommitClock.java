package io.entitydb.storage;

import io.entitydb.entity.InvalidQueryException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.io.Disk;
import io.entitydb.temporal.Timestamp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives commit times and keeps the answer for any instant the same for ever.
 *
 * <p><b>Rule.</b> Commit times grow strictly, whatever the clock does. Whoever asks for an instant
 * raises the floor to it and then waits for a batch that was stamped at or before it; no later
 * batch is stamped at or below the floor.
 *
 * <p><b>Why no stamp slips through.</b> The writer announces a stamp before it looks at the floor;
 * the asker raises the floor before it looks at the announcement. Both are volatile, so at least
 * one of them sees the other.
 */
final class CommitClock {

    private static final long NOTHING_IN_FLIGHT = Long.MAX_VALUE;

    /** Stamps of a busy writer run ahead of a coarse clock by less than this. */
    private static final long USUAL_LEAD_NANOS = 1_000_000;

    private final Disk disk;
    private final StorageObserver observer;
    private final AtomicLong floor = new AtomicLong();

    /** First stamp of the batch that is being written. */
    private volatile long inFlight = NOTHING_IN_FLIGHT;

    /** First stamp of a batch that may or may not survive. */
    private volatile long unknownFrom = NOTHING_IN_FLIGHT;

    private volatile long last;

    private final Signal settled;

    /**
     * A clock that continues.
     *
     * @param last commit time of the last transaction
     * @param answered up to where instants were asked for already
     */
    CommitClock(EngineSettings settings, long last, long answered) {
        floor.set(answered);
        disk = settings.disk();
        observer = settings.observer();
        settled = settings.crew().signal();
        this.last = last;
    }

    /** The commit time of the next transaction. Called by the writer's thread. */
    long stamp() {
        long now = disk.now();
        if (last - now > USUAL_LEAD_NANOS) {
            observer.clockRegressed(last - now);
        }
        long stamp = Math.max(now, last + 1);
        boolean isFirst = inFlight == NOTHING_IN_FLIGHT;
        while (true) {
            if (isFirst) {
                inFlight = stamp;
            }
            long least = floor.get();
            if (stamp > least) {
                last = stamp;
                return stamp;
            }
            stamp = least + 1;
        }
    }

    /** Up to where instants were asked for. */
    long answered() {
        return floor.get();
    }

    /** Nobody knows whether the batch survives. Called by the writer's thread. */
    void poisoned() {
        unknownFrom = inFlight;
        settled();
    }

    /** The batch is visible, or will never be. Called by the writer's thread. */
    void settled() {
        inFlight = NOTHING_IN_FLIGHT;
        settled.raise();
    }

    /**
     * Returns once no transaction that is not visible yet can be stamped at or before an instant.
     *
     * @throws InvalidQueryException if the instant lies in the future
     * @throws OutcomeUnknownException if nobody knows what was committed up to then
     */
    void await(long instant) {
        if (instant > Math.max(disk.now(), last)) {
            throw new InvalidQueryException("asOf", "the instant lies in the future");
        }
        floor.accumulateAndGet(instant, Math::max);
        if (inFlight <= instant) {
            settled.awaitUninterruptibly(() -> inFlight > instant);
        }
        if (unknownFrom <= instant) {
            throw new OutcomeUnknownException(
                    "transactions from " + new Timestamp(unknownFrom) + " on may be lost");
        }
    }
}
