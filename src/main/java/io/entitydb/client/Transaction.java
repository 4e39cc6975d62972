package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;

/**
 * A transaction that was made.
 *
 * @param transaction its number
 * @param instant its commit time
 * @param principal who made it
 * @param reason why
 * @param metadata what was kept with it
 * @param digest SHA-256 of all history up to it, in hexadecimal digits
 * @param changes the versions that it made, in the order of writing
 * @param datasets datasets that it made, closed or deleted
 * @param removed versions that it made and that are not there any more
 * @param next cursor of the next page of changes; null on the last
 */
public record Transaction(
        long transaction,
        Instant instant,
        @Nullable String principal,
        @Nullable String reason,
        @Nullable JsonNode metadata,
        String digest,
        List<VersionMade> changes,
        List<DatasetChange> datasets,
        int removed,
        @Nullable String next) {

    /** Copies the lists; what is left out is empty. */
    public Transaction {
        changes = changes == null ? List.of() : List.copyOf(changes);
        datasets = datasets == null ? List.of() : List.copyOf(datasets);
    }

    /**
     * A version that it made.
     *
     * @param op {@code created}, {@code updated}, {@code deleted} or {@code restored}
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the number of the version
     */
    public record VersionMade(String op, String dataset, String id, long version) {}

    /**
     * A dataset whose state it changed.
     *
     * @param op as above
     * @param name its name
     */
    public record DatasetChange(String op, String name) {}
}
