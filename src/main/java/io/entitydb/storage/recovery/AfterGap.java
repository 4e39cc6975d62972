package io.entitydb.storage.recovery;

import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.VersionStamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What can be read of a log behind the place where its replay ended at damage: which transactions
 * are lost, and where the newest intact version behind the gap stands for each entity that has one.
 * Thread-safe.
 */
@RequiredArgsConstructor
public final class AfterGap {

    private final DiskFile file;
    private final FileIdentity identity;
    private final long limit;
    private final FrameChain border;
    private final Losses losses;
    private final EntityIndex index;
    private final Anchors anchors;
    private final long lastSequence;

    /**
     * What is lost.
     *
     * @param sequences transactions
     * @param stretches bytes
     */
    record Losses(List<LostSequences> sequences, List<LostStretch> stretches) {

        Losses {
            sequences = List.copyOf(sequences);
            stretches = List.copyOf(stretches);
        }
    }

    /** Where the gap begins. */
    public long position() {
        return border.position();
    }

    /** The last transaction before it. */
    public long before() {
        return border.sequence();
    }

    /** The last transaction that can be read. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The transactions that are lost, in order. */
    public List<LostSequences> lost() {
        return losses.sequences();
    }

    /** The earliest place in time of what stood at a position; null if nothing is lost there. */
    public @Nullable VersionStamp earliestAt(long position) {
        for (LostStretch stretch : losses.stretches()) {
            if (stretch.holds(position)) {
                return stretch;
            }
        }
        return null;
    }

    /** Newest intact versions behind the gap. */
    public EntityIndex index() {
        return index;
    }

    /**
     * The first lost transactions among those after one and up to another; null if none is lost.
     *
     * @param upTo the last that counts
     */
    public @Nullable LostSequences lostWithin(long after, long upTo) {
        for (LostSequences range : losses.sequences()) {
            if (after < upTo && range.meets(after + 1, upTo)) {
                return range;
            }
        }
        return null;
    }

    /** How many transactions are lost; {@link Long#MAX_VALUE} if that is not known. */
    public long lostCount() {
        long count = 0;
        for (LostSequences range : losses.sequences()) {
            if (!range.isBounded()) {
                return Long.MAX_VALUE;
            }
            count += range.last() - range.first() + 1;
        }
        return count;
    }

    /**
     * The last transaction that may have been committed at or before an instant, read or lost;
     * {@link Long#MAX_VALUE} if that is not known.
     */
    public long reachedBy(long instant) {
        int anchor = anchors.at(instant);
        if (anchor >= 0) {
            long next = nextAfter(anchors.position(anchor), instant);
            if (next > 0) {
                return next - 1;
            }
        }
        if (anchor + 1 < anchors.size()) {
            return anchors.sequence(anchor + 1) - 1;
        }
        return lostWithin(lastSequence, Long.MAX_VALUE) == null ? lastSequence : Long.MAX_VALUE;
    }

    /** The first transaction later than an instant in the frames from a position on; 0 if none. */
    private long nextAfter(long position, long instant) {
        FrameReader frames = new FrameReader(file, identity);
        long at = position;
        while (true) {
            FrameHeader header = frames.peek(at, limit);
            if (header == null) {
                return 0;
            }
            if (header.isTransaction() && header.commitTime() > instant) {
                return header.sequence();
            }
            at = header.end();
        }
    }
}
