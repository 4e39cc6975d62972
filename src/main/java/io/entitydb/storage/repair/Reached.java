package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.log.FrameChain;

/**
 * How far a history goes.
 *
 * @param sequence last transaction; 0 if there is none
 * @param commitTime its commit time
 * @param digest digest of history up to it; zeros if there is none, or if it is not known
 */
record Reached(long sequence, long commitTime, Digest digest) {

    Reached(FrameChain border) {
        this(border.sequence(), border.commitTime(), border.digest());
    }

    /** Whether what comes next can be compared with the digest. */
    boolean isKnown() {
        return sequence == 0 || !digest.equals(Digest.ZERO);
    }

    /** The same place of a file, with this history before it. */
    FrameChain in(FrameChain border) {
        return new FrameChain(
                border.position(),
                border.frameNumber(),
                border.crc(),
                sequence,
                commitTime,
                digest);
    }
}
