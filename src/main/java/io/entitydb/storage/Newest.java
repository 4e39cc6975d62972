package io.entitydb.storage;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/** What the index leads to for a key: the newest version, visible or not yet. */
sealed interface Newest {

    /** There is none. */
    record Absent() implements Newest {}

    /** Its record is intact. */
    record Sound(VersionRecord record) implements Newest {}

    /**
     * Its record does not verify.
     *
     * @param position where it stands
     * @param damage what was found there
     */
    record Damaged(long position, CorruptDataException damage) implements Newest {}

    /** Looks a key up. */
    static Newest of(EntityKey key, long hash, EntityIndex index, Reader reader) {
        return of(new Search(key, reader, false), hash, index);
    }

    /** Looks a key up, to see what its newest version says of itself. */
    static Newest headOf(EntityKey key, long hash, EntityIndex index, Reader reader) {
        return of(new Search(key, reader, true), hash, index);
    }

    private static Newest of(Search search, long hash, EntityIndex index) {
        index.find(hash, search::isKey);
        if (search.found != null) {
            return new Sound(search.found);
        }
        return search.damage == null
                ? new Absent()
                : new Damaged(search.damagedPosition, search.damage);
    }

    /**
     * Keeps the record that was read to compare the key, so that it is read once. A record under
     * the key's hash that does not verify is taken for the key's if no other is.
     */
    @RequiredArgsConstructor
    final class Search {

        private final EntityKey key;
        private final Reader reader;
        private final boolean isHeadEnough;
        private @Nullable VersionRecord found;
        private @Nullable CorruptDataException damage;
        private long damagedPosition;

        private boolean isKey(long position) {
            try {
                VersionRecord candidate =
                        isHeadEnough ? reader.readHead(position) : reader.readVersion(position);
                if (candidate.isOf(key, reader.dictionary())) {
                    found = candidate;
                    return true;
                }
            } catch (CorruptDataException e) {
                damage = e;
                damagedPosition = position;
            }
            return false;
        }
    }
}
