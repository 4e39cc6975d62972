package io.entitydb.storage.index;

import io.entitydb.entity.Digest;

/**
 * The newest transaction of which an image may hold anything. An image is of use only to a log that
 * holds this very transaction.
 *
 * @param sequence the transaction; 0 if there is none
 * @param digest its digest, which vouches for all before it too
 */
public record CoveredTransaction(long sequence, Digest digest) {

    /** Refuses a negative sequence. */
    public CoveredTransaction {
        if (sequence < 0) {
            throw new IllegalArgumentException("coveredSequence is " + sequence);
        }
    }
}
