package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A part of the feed of changes.
 *
 * @param items the changes, in the order of their commits
 * @param next where the following page begins; always there
 * @param isComplete whether the page reaches the newest durable transaction
 * @param checkpoint how far was told
 */
public record ChangePage(
        List<Change> items, String next, boolean isComplete, Checkpoint checkpoint) {

    /**
     * A change. Members that do not belong to it are null.
     *
     * @param firstTransaction of lost transactions the first
     * @param transaction in which it was made; of lost ones the last
     * @param instant when it was committed
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the version that was made; of an erasure the newest that was destroyed
     * @param op {@code created}, {@code updated}, {@code deleted}, {@code restored}, {@code erased}
     *     or {@code lost}
     * @param tags the tags of the version
     * @param principal who made it
     * @param cursor the place right behind it
     */
    public record Change(
            @Nullable Long firstTransaction,
            long transaction,
            @Nullable Instant instant,
            @Nullable String dataset,
            @Nullable String id,
            @Nullable Long version,
            String op,
            List<String> tags,
            @Nullable String principal,
            String cursor) {

        /** Copies the tags; what is left out is empty. */
        public Change {
            tags = tags == null ? List.of() : List.copyOf(tags);
        }
    }

    /**
     * How far was told.
     *
     * @param cursor the place in the feed
     * @param instant commit time of the last transaction before it
     * @param removed versions before it that are missing; null if none are
     */
    public record Checkpoint(String cursor, Instant instant, @Nullable Long removed) {}
}
