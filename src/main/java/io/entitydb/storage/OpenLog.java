package io.entitydb.storage;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.Digest;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.LogOrigin;
import io.entitydb.entity.LogPoint;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.SequencePositions;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** The log of one opening of the store. Transactions are found by the headers of their frames. */
final class OpenLog implements DurableLog {

    private final OpenStore store;
    private final FileIdentity identity;
    private final LogOrigin origin;

    OpenLog(OpenStore store) {
        this.store = store;
        Header header = store.parts().headerSync().current();
        identity = header.identity();
        origin =
                new LogOrigin(
                        identity.storeId(), header.epoch(), new Timestamp(identity.createdAt()));
    }

    @Override
    public LogOrigin origin() {
        return origin;
    }

    @Override
    public LogPoint newest() {
        return pointOf(published().durable());
    }

    @Override
    public @Nullable LogPoint at(long sequence) {
        FrameChain durable = published().durable();
        if (sequence == durable.sequence()) {
            return pointOf(durable);
        }
        if (sequence <= 0 || sequence > durable.sequence()) {
            requireWhole(sequence);
            return sequence == 0 ? beginning() : null;
        }
        Walk walk = new Walk(durable, sequence - 1);
        FrameHeader header = walk.next();
        while (header != null && header.sequence() < sequence) {
            header = walk.next();
        }
        return header == null || header.sequence() != sequence ? null : pointOf(header);
    }

    /** Behind a gap there may be such a transaction, but no state that it is a part of. */
    private void requireWhole(long sequence) {
        AfterGap gap = store.afterGap();
        if (gap != null && sequence > gap.before()) {
            throw new CorruptDataException(
                    StoreFiles.DATA,
                    gap.position(),
                    "the log is read no further than transaction " + gap.before());
        }
    }

    @Override
    public LogPoint lastAt(Timestamp instant) {
        store.clock().await(instant.epochNanos());
        FrameChain border = published().border();
        if (border.commitTime() <= instant.epochNanos()) {
            return pointOf(border);
        }
        Walk walk = new Walk(border, floor(border, instant.epochNanos()));
        LogPoint last = beginning();
        FrameHeader header = walk.next();
        while (header != null && header.commitTime() <= instant.epochNanos()) {
            last = pointOf(header);
            header = walk.next();
        }
        return last;
    }

    /** A transaction not later than an instant and not long before the last of them. */
    private long floor(FrameChain border, long instant) {
        long low = 0;
        long high = border.sequence();
        while (high - low > 1) {
            FrameHeader middle = new Walk(border, low + (high - low) / 2).next();
            if (middle == null || middle.sequence() <= low || middle.sequence() >= high) {
                return low;
            }
            if (middle.commitTime() <= instant) {
                low = middle.sequence();
            } else {
                high = middle.sequence();
            }
        }
        return low;
    }

    @Override
    public ChangeLog.Reading readAfter(long sequence) {
        LogFollower follower = new EngineLogFollower(store, sequence);
        return () -> next(follower);
    }

    private static @Nullable LogEntry next(LogFollower follower) {
        try {
            return follower.next(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a follower waited that was not to", e);
        }
    }

    @Override
    public long end() {
        return published().durable().position();
    }

    @Override
    public void awaitBeyond(long position, Duration patience) throws InterruptedException {
        published().awaitBeyond(position, patience);
        if (published().isClosed()) {
            throw new StorageClosedException("closed");
        }
    }

    private Published published() {
        return store.published();
    }

    private LogPoint pointOf(FrameChain border) {
        return border.sequence() == 0
                ? beginning()
                : new LogPoint(
                        border.sequence(), new Timestamp(border.commitTime()), border.digest());
    }

    private static LogPoint pointOf(FrameHeader header) {
        return new LogPoint(header.sequence(), new Timestamp(header.commitTime()), header.digest());
    }

    private LogPoint beginning() {
        return new LogPoint(0, origin.createdAt(), Digest.ZERO);
    }

    /** Goes from transaction to transaction by the headers of frames. */
    private final class Walk {

        private final FrameReader frames;
        private final SequencePositions positions = store.parts().positions();
        private final long limit;
        private long position;

        /** Begins at a known place at or before a transaction. */
        private Walk(FrameChain border, long sequence) {
            frames = new FrameReader(store.parts().file(), identity);
            limit = border.position();
            position = positions.before(sequence);
        }

        /** The next frame that moves the sequence on; null behind the last one. */
        private @Nullable FrameHeader next() {
            while (position < limit) {
                FrameHeader header = frames.peek(position, limit);
                if (header == null) {
                    CorruptDataException damage =
                            new CorruptDataException(StoreFiles.DATA, position, "no frame");
                    store.countDamage(damage);
                    throw damage;
                }
                position = header.end();
                if (header.movesSequence()) {
                    positions.note(header.sequence(), header.position());
                    return header;
                }
            }
            return null;
        }
    }
}
