package io.entitydb.web.changes;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.LogPoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A place in the feed: all that stands before it was told, and nothing that stands behind it.
 *
 * <p>The feed is, transaction by transaction, its changes in the order of writing and then the
 * erasures that were recorded before the next transaction.
 *
 * <p>Which change of a transaction was told last is said by its entity, of which a transaction
 * writes one version at most. A number would not do: versions that are retired are missing later.
 *
 * @param point the last transaction of which something was told
 * @param last which of its changes was told last, as {@link #mark} says; {@link #NONE} or {@link
 *     #ALL}
 * @param erasures how many of the erasures behind it were told
 */
record ChangePlace(LogPoint point, long last, int erasures) {

    /** Every change of the transaction was told. */
    static final long ALL = -1;

    /** No change of the transaction was told. */
    static final long NONE = -2;

    /** Refuses places that do not exist. */
    ChangePlace {
        if (!isPossible(point.sequence(), last, erasures)) {
            throw new IllegalArgumentException(
                    "place after change " + last + " and " + erasures + " erasures");
        }
    }

    /** Whether there can be such a place. */
    static boolean isPossible(long transaction, long last, int erasures) {
        boolean isInRange = transaction >= 0 && last >= NONE && erasures >= 0;
        return isInRange && (last == ALL || (transaction > 0 && erasures == 0));
    }

    /** The place right behind a transaction. */
    static ChangePlace after(LogPoint point) {
        return new ChangePlace(point, ALL, 0);
    }

    /**
     * What stands for an entity in a place: a hash, not negative. If ever two entities of one
     * transaction have the same, some changes are told twice.
     */
    static long mark(EntityKey key) {
        byte[] name = key.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Digest.sha256(name).bytes()).getLong() & Long.MAX_VALUE;
    }

    /** The last transaction that was told as a whole or in part. */
    long transaction() {
        return point.sequence();
    }

    /** Whether all changes of the transaction were told. */
    boolean isWhole() {
        return last == ALL;
    }
}
