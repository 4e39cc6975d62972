package io.entitydb.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a transaction did, or would do.
 *
 * @param transaction its number; the newest one if it only expects; null in a dry run
 * @param instant its commit time; null if nothing was written
 * @param dryRun true in a dry run, else null
 * @param results what each operation did, in the order of the request
 */
public record TransactionResult(
        @Nullable Long transaction,
        @Nullable Instant instant,
        @Nullable Boolean dryRun,
        List<Result> results) {

    /**
     * What an operation did.
     *
     * @param op what was asked for
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the version that was made, or found; null if there is none
     * @param status what a request of its own is answered with
     */
    public record Result(
            String op, String dataset, String id, @Nullable Long version, int status) {}
}
