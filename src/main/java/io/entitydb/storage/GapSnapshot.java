package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.VersionStamp;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A state behind a gap in the log. It answers what is certain whatever was lost, and refuses the
 * rest, naming the lost transactions.
 *
 * <p><b>What is certain.</b> A version that can be read is what it says. It is the newest at a
 * point if the next one can be read too and is later, which the walk along the chain of versions
 * sees; or if no transaction is lost from its own up to that point.
 */
final class GapSnapshot implements Snapshot {

    private final OpenStore store;
    private final AfterGap gap;
    private final long sequence;
    private final long instant;

    /** The last transaction, read or lost, that may belong to this state. */
    private final long reached;

    private final Reading reading;

    private GapSnapshot(OpenStore store, AfterGap gap, long sequence, long instant, long reached) {
        this.store = store;
        this.gap = gap;
        this.sequence = sequence;
        this.instant = instant;
        this.reached = reached;
        reading = new Reading(store);
    }

    /** The state right after a transaction. */
    static GapSnapshot atSequence(OpenStore store, AfterGap gap, long sequence) {
        return new GapSnapshot(store, gap, sequence, Long.MAX_VALUE, sequence);
    }

    /** The state at an instant. */
    static GapSnapshot atInstant(OpenStore store, AfterGap gap, long instant) {
        return new GapSnapshot(store, gap, gap.lastSequence(), instant, gap.reachedBy(instant));
    }

    /** Everything that can be read, as far as the log goes. */
    static GapSnapshot whole(OpenStore store, AfterGap gap) {
        return new GapSnapshot(store, gap, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        return reading.one(() -> certain(key, version -> true, reached));
    }

    @Override
    public Optional<Entity> asOf(EntityKey key, Timestamp at) {
        long reachedThen = Math.min(reached, gap.reachedBy(at.epochNanos()));
        return reading.one(
                () ->
                        certain(
                                key,
                                version -> version.commitTime() <= at.epochNanos(),
                                reachedThen));
    }

    @Override
    public Optional<Entity> version(EntityKey key, long number) {
        return reading.one(() -> numbered(key, number));
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        return reading.guarded(
                () -> {
                    VersionRecord top = certain(key, version -> true, reached);
                    long highest = Reading.highest(range);
                    VersionRecord from =
                            top == null
                                    ? null
                                    : store.chain()
                                            .newest(top, version -> version.number() <= highest);
                    return reading.page(from, range);
                });
    }

    private @Nullable VersionRecord certain(
            EntityKey key, Predicate<VersionStamp> isOldEnough, long reachedThen) {
        Newest start = newest(key);
        VersionRecord found =
                reading.newest(
                        start,
                        key,
                        version ->
                                version.sequence() <= sequence
                                        && version.commitTime() <= instant
                                        && isOldEnough.test(version));
        boolean isNextSeen =
                switch (start) {
                    case Newest.Absent absent -> false;
                    case Newest.Sound(VersionRecord record) -> found != record;
                    case Newest.Damaged damaged -> true;
                };
        if (!isNextSeen) {
            LostSequences lost = lostSince(found, reachedThen);
            if (lost != null) {
                throw refusal(lost);
            }
        }
        return found;
    }

    private @Nullable VersionRecord numbered(EntityKey key, long number) {
        Newest before = store.newest(key);
        boolean isBefore =
                before instanceof Newest.Sound(VersionRecord record) && number <= record.number();
        Newest start = isBefore ? before : newest(key);
        VersionRecord found = reading.newest(start, key, version -> version.number() <= number);
        if (found != null && found.number() == number) {
            return found.sequence() <= sequence && found.commitTime() <= instant ? found : null;
        }
        LostSequences lost = lostSince(found, reached);
        long known = found == null ? 0 : found.number();
        if (lost != null && number - known <= gap.lostCount()) {
            throw refusal(lost);
        }
        return null;
    }

    /** The newest version that can be read, behind the gap if there is one. */
    private Newest newest(EntityKey key) {
        Newest behind = Newest.of(key, store.hashOf(key), gap.index(), store.reader());
        return behind instanceof Newest.Absent ? store.newest(key) : behind;
    }

    /** A lost transaction that may have changed what a version shows, its own included. */
    private @Nullable LostSequences lostSince(@Nullable VersionRecord found, long upTo) {
        long since = found == null ? gap.before() : found.sequence();
        return gap.lostWithin(since - 1, upTo);
    }

    private CorruptDataException refusal(LostSequences lost) {
        return new CorruptDataException(StoreFiles.DATA, gap.position(), lost);
    }
}
