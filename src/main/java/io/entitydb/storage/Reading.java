package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.StorageObserver.ReadResult;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.log.VersionStamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What reads of all kinds of snapshots have in common. Damage that they meet is counted. */
@RequiredArgsConstructor
final class Reading {

    private final OpenStore store;

    /** The newest version that is old enough, from what an index leads to. */
    @Nullable VersionRecord newest(
            Newest from, EntityKey key, Predicate<VersionStamp> isOldEnough) {
        return switch (from) {
            case Newest.Absent absent -> null;
            case Newest.Sound(VersionRecord record) -> store.chain().newest(record, isOldEnough);
            case Newest.Damaged(long position, CorruptDataException damage) ->
                    store.chain().newestBefore(key, position, damage, isOldEnough);
        };
    }

    /** The entity of a record that is looked for; empty if there is none. */
    Optional<Entity> one(Supplier<@Nullable VersionRecord> find) {
        Optional<Entity> found =
                guarded(
                        () ->
                                Optional.ofNullable(find.get())
                                        .map(record -> record.toEntity(store.reader())));
        count(found.isPresent());
        return found;
    }

    private void count(boolean isFound) {
        store.observer().read(isFound ? ReadResult.FOUND : ReadResult.MISSING);
    }

    /**
     * The versions of a page.
     *
     * @param newest the highest version of the page; null if there is none
     */
    List<Entity> page(@Nullable VersionRecord newest, HistoryRange range) {
        List<Entity> versions = new ArrayList<>();
        VersionRecord at = newest;
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
    }

    /** The highest number that a page can hold. */
    static long highest(HistoryRange range) {
        return range.ascending()
                ? Math.min(range.from(), Long.MAX_VALUE - range.limit()) + range.limit() - 1
                : range.from();
    }

    /** A read, with damage counted. */
    <T extends @Nullable Object> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (CorruptDataException e) {
            store.countDamage(e);
            store.observer().read(ReadResult.DAMAGED);
            throw e;
        }
    }
}
