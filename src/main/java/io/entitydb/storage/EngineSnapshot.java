package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.VersionStamp;
import io.entitydb.storage.recovery.AfterGap;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A snapshot is a sequence: each read finds the newest version and walks back to it. */
final class EngineSnapshot implements Snapshot {

    private final OpenStore store;
    private final long sequence;
    private final long instant;
    private final Reading reading;

    /**
     * The state right after a transaction, without what came later than an instant.
     *
     * @param instant nanoseconds since 1970; {@link Long#MAX_VALUE} for no bound
     */
    EngineSnapshot(OpenStore store, long sequence, long instant) {
        this.store = store;
        this.sequence = sequence;
        this.instant = instant;
        reading = new Reading(store);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        return reading.one(() -> newest(key));
    }

    /** Versions behind a gap in the log belong to no state, and are found by their numbers. */
    @Override
    public Optional<Entity> version(EntityKey key, long number) {
        AfterGap gap = store.afterGap();
        if (gap != null && sequence == gap.before() && instant == Long.MAX_VALUE) {
            return GapSnapshot.whole(store, gap).version(key, number);
        }
        return reading.one(
                () -> {
                    VersionRecord found = atMost(key, number);
                    return found != null && found.number() == number ? found : null;
                });
    }

    @Override
    public Optional<Entity> asOf(EntityKey key, Timestamp at) {
        return reading.one(() -> newest(key, version -> version.commitTime() <= at.epochNanos()));
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        return reading.guarded(() -> reading.page(atMost(key, Reading.highest(range)), range));
    }

    /** The newest version's record; null if the entity does not exist in this state. */
    @Nullable VersionRecord newest(EntityKey key) {
        return newest(key, version -> true);
    }

    /** As {@link #newest(EntityKey)}, with damage counted. */
    @Nullable VersionRecord newestCounted(EntityKey key) {
        return reading.guarded(() -> newest(key));
    }

    private @Nullable VersionRecord newest(EntityKey key, Predicate<VersionStamp> isOldEnough) {
        return reading.newest(
                store.newest(key),
                key,
                version ->
                        version.sequence() <= sequence
                                && version.commitTime() <= instant
                                && isOldEnough.test(version));
    }

    /** The version of a number; the newest one if the number is higher than that. */
    private @Nullable VersionRecord atMost(EntityKey key, long number) {
        return newest(key, version -> version.number() <= number);
    }
}
