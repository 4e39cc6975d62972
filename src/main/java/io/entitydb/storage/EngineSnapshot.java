package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.NotFoundException;
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
        return reading.one(() -> found(key, version -> true).orRetired(key));
    }

    @Override
    public void expect(List<EntityKey> keys) {
        store.expect(keys);
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
                    VersionRecord found = atMost(key, number).orRetired(key);
                    return found != null && found.number() == number ? found : null;
                });
    }

    @Override
    public Optional<Entity> asOf(EntityKey key, Timestamp at) {
        return reading.one(
                () ->
                        found(key, version -> version.commitTime() <= at.epochNanos())
                                .orRetired(key));
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        return reading.guarded(
                () -> {
                    Found newest = atMost(key, Reading.highest(range));
                    if (newest.isRetired() && range.ascending()) {
                        HistoryRange kept = range.beginningWith(newest.oldest());
                        return reading.page(atMost(key, Reading.highest(kept)).version(), kept);
                    }
                    return reading.page(newest.version(), range);
                });
    }

    /** The newest version's record; null if the entity does not exist in this state. */
    @Nullable VersionRecord newest(EntityKey key) {
        return found(key, version -> true).version();
    }

    /**
     * As {@link #newest(EntityKey)}, with damage counted, for those who want to know what the
     * version says of itself: its content is read when it is made an entity.
     *
     * @param hash of the key
     */
    @Nullable VersionRecord newestCounted(EntityKey key, long hash) {
        return reading.guarded(
                () -> found(store.newestHead(key, hash), key, version -> true).version());
    }

    /** The version of a number; the newest one if the number is higher than that. */
    private Found atMost(EntityKey key, long number) {
        return found(key, version -> version.number() <= number);
    }

    private Found found(EntityKey key, Predicate<VersionStamp> isOldEnough) {
        return found(store.newest(key), key, isOldEnough);
    }

    private Found found(Newest from, EntityKey key, Predicate<VersionStamp> isOldEnough) {
        Lowest lowest = new Lowest();
        VersionRecord version =
                reading.newest(
                        from,
                        key,
                        stamp ->
                                lowest.see(stamp).sequence() <= sequence
                                        && stamp.commitTime() <= instant
                                        && isOldEnough.test(stamp));
        return new Found(version, lowest.number);
    }

    /**
     * What a walk back has found.
     *
     * @param version null if none was old enough
     * @param oldest number of the oldest version that it came by; 0 if the entity has none
     */
    private record Found(@Nullable VersionRecord version, long oldest) {

        /** Whether what was looked for may have been among versions that the file does not hold. */
        boolean isRetired() {
            return version == null && oldest > 1;
        }

        @Nullable VersionRecord orRetired(EntityKey key) {
            if (isRetired()) {
                throw NotFoundException.retired(key, oldest);
            }
            return version;
        }
    }

    /** A walk that finds nothing ends with the oldest version. */
    private static final class Lowest {

        private long number;

        private VersionStamp see(VersionStamp stamp) {
            if (number == 0 || stamp.number() < number) {
                number = stamp.number();
            }
            return stamp;
        }
    }
}
