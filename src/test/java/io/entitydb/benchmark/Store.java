package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is measured: a store of versions, made and configured as somebody would who wants every
 * acknowledged commit to be on the disk. Thread-safe.
 *
 * <p>A commit makes a version of each entity, keeps the one before, and moves the current state and
 * the index of tags, together or not at all. Two clients never write the same entity at a time.
 */
interface Store extends AutoCloseable {

    /** Opens the store in its directory, which it makes if there is none. */
    void open();

    /**
     * Writes versions in one transaction and returns when they are on the disk.
     *
     * @return the point of the past right after it
     */
    long commit(List<Write> writes);

    /** The current version of an entity. */
    @Nullable Found read(String id);

    /** The version of an entity that was current at a point of the past. */
    @Nullable Found readAt(String id, long point);

    /** The first entities that carry a tag, in the order of their ids. */
    List<Found> page(String tag, int limit);

    /**
     * Waits until the store has caught up with itself, so that the next to be measured is alone.
     */
    default void settle() {}

    @Override
    void close();
}
