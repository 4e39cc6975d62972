package io.entitydb.web.transactions;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.web.changes.ChangeOp;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * A transaction as answers show it.
 *
 * @param transaction its number
 * @param instant its commit time
 * @param principal who made it; null if nothing is left of it
 * @param reason why, if it was said
 * @param metadata what else is to be known of it, if it was said
 * @param digest the digest of all history up to and including it
 * @param changes the versions that it made, in the order of writing; one page of them
 * @param datasets the datasets that it made, closed or deleted; left out if there are none
 * @param removed how many versions more it made that were retired, or given up by a repair, since
 * @param next the cursor of the next page; null on the last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Transaction")
record TransactionDocument(
        @Schema(example = "8714") long transaction,
        @Schema(example = "2026-11-23T09:00:00.000000001Z") String instant,
        @Schema(example = "anonymous") @Nullable String principal,
        @Schema(example = "price list of May") @Nullable String reason,
        @Schema(implementation = Object.class, types = "object", example = "{\"ticket\": \"T-17\"}")
                @Nullable ObjectNode metadata,
        @Schema(
                        description =
                                "SHA-256 of all history up to and including the transaction, in"
                                        + " hexadecimal digits",
                        example =
                                "5c6b6b60fda73aeea0d3867e83597bef0342bd0f5664879749424374cb6fb94c")
                String digest,
        @Schema(description = "The versions that it made, in the order of writing")
                @JsonInclude(JsonInclude.Include.ALWAYS)
                List<Change> changes,
        @Schema(description = "Datasets that it made, closed or deleted")
                List<DatasetChange> datasets,
        @Schema(description = "Versions that it made and that are not there any more")
                @Nullable Integer removed,
        @Schema(description = "Cursor of the next page of changes; left out on the last")
                @Nullable String next) {

    /** Copies the lists. */
    TransactionDocument {
        changes = List.copyOf(changes);
        datasets = List.copyOf(datasets);
    }

    /**
     * A version that it made.
     *
     * @param op what the version did
     * @param dataset the dataset of the entity
     * @param id the id of the entity
     * @param version the number of the version
     */
    @Schema(name = "TransactionChange")
    record Change(
            @Schema(example = "updated") ChangeOp op,
            @Schema(example = "packages") String dataset,
            @Schema(example = "left-pad") String id,
            @Schema(example = "4") long version) {}

    /**
     * A dataset whose state it changed.
     *
     * @param op what was done to it; closing it is an update
     * @param name its name
     */
    @Schema(name = "DatasetChange")
    record DatasetChange(
            @Schema(example = "created") ChangeOp op, @Schema(example = "packages") String name) {}
}
