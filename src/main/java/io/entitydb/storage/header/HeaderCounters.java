package io.entitydb.storage.header;

/**
 * What the guard of the header counted since it was made.
 *
 * @param walOffsetValid checks of walOffset that passed
 * @param walOffsetInvalid checks of walOffset that failed
 * @param tagDictOffsetValid checks of tagDictOffset that passed
 * @param tagDictOffsetInvalid checks of tagDictOffset that failed
 * @param published headers written to a slot and forced
 * @param publishFailed publications that failed
 * @param refusedUpdates updates that broke a rule
 * @param lockAcquired acquisitions of the lock
 * @param lockContended acquisitions that had to wait
 * @param lockWaitNanos time they waited
 */
public record HeaderCounters(
        long walOffsetValid,
        long walOffsetInvalid,
        long tagDictOffsetValid,
        long tagDictOffsetInvalid,
        long published,
        long publishFailed,
        long refusedUpdates,
        long lockAcquired,
        long lockContended,
        long lockWaitNanos) {

    /** Nothing counted. */
    public static final HeaderCounters ZERO = new HeaderCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
