package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.VersionStamp;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A snapshot is a sequence: each read finds the newest version and walks back to it. */
final class EngineSnapshot implements Snapshot {

    private final OpenStore store;
    private final long sequence;
    private final long instant;

    /**
     * The state right after a transaction, without what came later than an instant.
     *
     * @param instant nanoseconds since 1970; {@link Long#MAX_VALUE} for no bound
     */
    EngineSnapshot(OpenStore store, long sequence, long instant) {
        this.store = store;
        this.sequence = sequence;
        this.instant = instant;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<Entity> latest(EntityKey key) {
        return read(() -> newest(key));
    }

    @Override
    public Optional<Entity> version(EntityKey key, long number) {
        return read(
                () -> {
                    VersionRecord found = atMost(key, number);
                    return found != null && found.number() == number ? found : null;
                });
    }

    @Override
    public Optional<Entity> asOf(EntityKey key, Timestamp at) {
        return read(() -> newest(key, version -> version.commitTime() <= at.epochNanos()));
    }

    @Override
    public List<Entity> history(EntityKey key, HistoryRange range) {
        return guarded(
                () -> {
                    List<Entity> versions = new ArrayList<>();
                    VersionRecord at = atMost(key, highest(range));
                    long lowest = range.ascending() ? range.from() : 1;
                    while (at != null && at.number() >= lowest) {
                        versions.add(at.toEntity(store.reader()));
                        boolean isLast =
                                versions.size() == range.limit()
                                        || at.number() == lowest
                                        || at.previousPosition() == 0;
                        at = isLast ? null : store.chain().previous(at);
                    }
                    if (range.ascending()) {
                        Collections.reverse(versions);
                    }
                    return versions;
                });
    }

    /** The newest version's record; null if the entity does not exist in this state. */
    @Nullable VersionRecord newest(EntityKey key) {
        return newest(key, version -> true);
    }

    /** As {@link #newest(EntityKey)}, with damage counted. */
    @Nullable VersionRecord newestCounted(EntityKey key) {
        return guarded(() -> newest(key));
    }

    private static long highest(HistoryRange range) {
        return range.ascending()
                ? Math.min(range.from(), Long.MAX_VALUE - range.limit()) + range.limit() - 1
                : range.from();
    }

    private @Nullable VersionRecord newest(EntityKey key, Predicate<VersionStamp> isOldEnough) {
        Predicate<VersionStamp> isAnswer =
                version ->
                        version.sequence() <= sequence
                                && version.commitTime() <= instant
                                && isOldEnough.test(version);
        return switch (store.newest(key)) {
            case Newest.Absent absent -> null;
            case Newest.Sound(VersionRecord record) -> store.chain().newest(record, isAnswer);
            case Newest.Damaged(long position, CorruptDataException damage) ->
                    store.chain().newestBefore(key, position, damage, isAnswer);
        };
    }

    /** The version of a number; the newest one if the number is higher than that. */
    private @Nullable VersionRecord atMost(EntityKey key, long number) {
        return newest(key, version -> version.number() <= number);
    }

    private Optional<Entity> read(Supplier<@Nullable VersionRecord> find) {
        return guarded(
                () -> Optional.ofNullable(find.get()).map(found -> found.toEntity(store.reader())));
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (CorruptDataException e) {
            store.countDamage(e);
            throw e;
        }
    }
}
