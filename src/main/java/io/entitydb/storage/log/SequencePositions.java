package io.entitydb.storage.log;

import io.entitydb.storage.header.Header;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where some transactions stand, so that reading the log from one of them on need not begin at the
 * first. Notes every {@value #STRIDE}th it is told of. Thread-safe.
 */
public final class SequencePositions {

    private static final int STRIDE = 256;

    private final ConcurrentSkipListMap<Long, Long> known = new ConcurrentSkipListMap<>();

    /** A transaction's frame, or a frame right before it, begins at a position. */
    public void note(long sequence, long position) {
        if (sequence % STRIDE == 0) {
            known.put(sequence, position);
        }
    }

    /** A frame border from which reading on meets the transaction. */
    public long before(long sequence) {
        Map.Entry<Long, Long> entry = known.floorEntry(sequence);
        return entry == null ? Header.DATA_OFFSET : entry.getValue();
    }
}
