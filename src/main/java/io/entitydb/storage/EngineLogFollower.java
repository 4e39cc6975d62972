package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.log.EraseMark;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Reads the log frame by frame, never beyond what is durable. */
final class EngineLogFollower implements LogFollower {

    private final OpenStore store;
    private final FrameReader frames;
    private long sequence;
    private long position;
    private boolean isDrained;

    /** Whether the frame of the transaction that was given last has been passed. */
    private boolean isPassed;

    /** A mark of the erasure that was given last. */
    private @Nullable EraseMark erasure;

    EngineLogFollower(OpenStore store, long afterSequence) {
        this.store = store;
        sequence = afterSequence;
        isPassed = afterSequence == 0;
        frames =
                new FrameReader(
                        store.parts().file(),
                        store.parts().headerSync().current().identity(),
                        store.reader().erasing());
        position = store.parts().positions().before(afterSequence);
    }

    @Override
    public @Nullable LogEntry next(Duration wait) throws InterruptedException {
        Published published = store.published();
        LogEntry entry = nextDurable(published);
        if (entry == null && wait.isPositive()) {
            published.awaitBeyond(position, wait);
            entry = nextDurable(published);
        }
        if (entry == null && published.isClosed()) {
            isDrained = true;
            throw new StorageClosedException("closed");
        }
        if (entry == null) {
            requireWhole();
        }
        return entry;
    }

    @Override
    public long bytesLeft() {
        return store.published().durable().position() - position;
    }

    @Override
    public boolean isContinued() {
        return isDrained && store.isContinued();
    }

    private @Nullable LogEntry nextDurable(Published published) {
        FrameChain border = published.durable();
        while (position < border.position()) {
            FrameHeader header = frames.peek(position, border.position());
            if (header == null) {
                throw damaged("no frame");
            }
            if (header.movesSequence()) {
                store.parts().positions().note(header.sequence(), position);
            }
            if (header.sequence() > sequence) {
                return entry(border);
            }
            Erasure erasure =
                    header.type() == FrameType.ERASE_MARK && isPassed ? erasure(border) : null;
            isPassed |= header.sequence() == sequence;
            position = header.end();
            if (erasure != null) {
                return erasure;
            }
        }
        return null;
    }

    private LogEntry entry(FrameChain border) {
        Frame frame = read(border);
        FrameHeader header = frame.header();
        long first = sequence + 1;
        position = header.end();
        sequence = header.sequence();
        isPassed = true;
        if (!header.isTransaction()) {
            return new Loss(first, sequence, header.digest());
        }
        List<Entity> changes =
                frame.versions().stream()
                        .map(version -> store.reader().shown(version).toEntity(store.reader()))
                        .toList();
        return new Commit(
                sequence,
                new Timestamp(header.commitTime()),
                header.digest(),
                changes,
                frame.records().size() - changes.size());
    }

    /** What a mark says; null if an earlier one said it: an erasure may have several. */
    private @Nullable Erasure erasure(FrameChain border) {
        EraseMark mark = EraseMark.of(read(border));
        boolean isTold =
                erasure != null
                        && erasure.number() == mark.number()
                        && erasure.at() == mark.at()
                        && erasure.key().equals(mark.key());
        erasure = mark;
        return isTold
                ? null
                : new Erasure(
                        sequence,
                        mark.key(),
                        mark.version(),
                        new Timestamp(mark.at()),
                        mark.principal());
    }

    /** The frame at the position. */
    private Frame read(FrameChain border) {
        return switch (frames.readSettled(position, border.position())) {
            case FrameRead.Broken broken -> throw damaged(broken.reason());
            case FrameRead.Intact(Frame intact) -> intact;
        };
    }

    /** Where a gap begins, nothing will ever come. */
    private void requireWhole() {
        AfterGap gap = store.afterGap();
        if (gap == null) {
            return;
        }
        LostSequences lost = gap.lostWithin(Math.min(sequence, gap.before()), Long.MAX_VALUE);
        throw lost == null
                ? new CorruptDataException(
                        StoreFiles.DATA,
                        gap.position(),
                        "the log is read no further than transaction " + gap.before())
                : new CorruptDataException(StoreFiles.DATA, gap.position(), lost);
    }

    private CorruptDataException damaged(String reason) {
        CorruptDataException damage = new CorruptDataException(StoreFiles.DATA, position, reason);
        store.countDamage(damage);
        return damage;
    }
}
