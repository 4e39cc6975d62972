package io.entitydb.storage.repair;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/** Follows entries of an index into the log. Thread-safe. */
@RequiredArgsConstructor
final class VersionLookup {

    /** There was no version of the key before the border. */
    static final long NONE = 0;

    /** The entry leads to no intact version of its key. */
    static final long UNKNOWN = -1;

    private final Reader reader;
    private final KeyHash keyHash;

    /**
     * Where the version stood that was a key's newest at a border, seen from an entry that holds it
     * or a later one. An entry before the border is believed without being read.
     *
     * @return a position, {@link #NONE} or {@link #UNKNOWN}
     */
    long before(long border, long hash, long position) {
        long at = position;
        while (at >= border) {
            VersionRecord version = versionAt(at);
            if (version == null || hashOf(version) != hash) {
                return UNKNOWN;
            }
            at = version.previousPosition();
        }
        return at;
    }

    /** The intact version at a position; null if there is none. */
    @Nullable VersionRecord versionAt(long position) {
        try {
            return reader.readVersion(position);
        } catch (CorruptDataException e) {
            return null;
        }
    }

    /** The key of the version at a position; null if there is none. */
    @Nullable EntityKey keyAt(long position) {
        VersionRecord version = versionAt(position);
        try {
            return version == null ? null : version.key(reader.dictionary());
        } catch (CorruptDataException | EntityDbException e) {
            return null;
        }
    }

    private long hashOf(VersionRecord version) {
        try {
            return keyHash.of(version.key(reader.dictionary()));
        } catch (CorruptDataException | EntityDbException e) {
            return 0;
        }
    }
}
