package io.entitydb.web.transfer;

import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

/**
 * Counts the versions of an entity whose lines stand one behind the other: the first line is
 * version 1, whatever it was where it came from. A line that failed breaks the run, because what
 * comes behind it would get the number of another version.
 */
final class VersionRun {

    /** Stands for no version: a deletion before the first. */
    static final long NOTHING = -1;

    private @Nullable EntityKey key;
    private long version;
    private boolean isBroken;
    private boolean isNextDoubtful;

    /**
     * Goes to the next line.
     *
     * @param isDeletion whether it says deleted: before the first version there is nothing to
     *     delete
     * @return the version that it stands for; {@link #NOTHING} for a deletion of nothing
     */
    long next(EntityKey next, boolean isDeletion) {
        if (!next.equals(key)) {
            key = next;
            version = 0;
            isBroken = isNextDoubtful;
        }
        isNextDoubtful = false;
        if (version > 0 || !isDeletion) {
            version++;
        }
        return version == 0 ? NOTHING : version;
    }

    /** Whether an earlier line of the present entity failed. */
    boolean isBroken() {
        return isBroken;
    }

    /** Notes that the line of an entity failed. */
    void fail(EntityKey failed) {
        isBroken |= failed.equals(key);
    }

    /** Notes that a line failed that may have belonged to the present entity or to the next one. */
    void failUnknown() {
        isBroken = true;
        isNextDoubtful = true;
    }
}
