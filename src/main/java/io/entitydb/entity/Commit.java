package io.entitydb.entity;

import io.entitydb.temporal.Timestamp;

import java.util.List;

/**
 * A committed transaction, as followers of the log see it.
 *
 * @param sequence 1, 2, 3 … without gaps
 * @param at commit time, later than that of every earlier transaction
 * @param digest the digest of all history up to and including this transaction
 * @param changes the versions that it wrote, at most one an entity, in the order of writing
 * @param removed how many more it wrote that were retired, or given up by a repair, since
 */
public record Commit(long sequence, Timestamp at, Digest digest, List<Entity> changes, int removed)
        implements LogEntry {

    /** Copies the changes. */
    public Commit {
        changes = List.copyOf(changes);
    }

    /** A transaction of which everything is left. */
    public Commit(long sequence, Timestamp at, Digest digest, List<Entity> changes) {
        this(sequence, at, digest, changes, 0);
    }
}
